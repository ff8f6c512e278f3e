import { Emulator } from "../../../support/emulator";
import { createAddon, descriptions, openWithSketch } from "./addon-fixture";

describe("add-ons while they are provisioned and after", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    jest.spyOn(console, "error").mockImplementation(() => {});
    heroku = await openWithSketch();
  });
  afterEach(() => jest.restoreAllMocks());

  it("POST /apps/:app/addons provisions by the instance's clock", async () => {
    heroku = await openWithSketch({ "heroku-postgresql": 180_000 });
    const state = async () => (await heroku.get("/addons/sketch-db")).body.state;
    await createAddon(heroku);

    heroku.clock.advance(179_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await state()).toBe("provisioning");

    heroku.clock.advance(1_000);
    await heroku.idle();
    expect(await state()).toBe("provisioned");
  });

  it("POST /apps/:app/addons whose provisioning fails ends as deprovisioned, without vars and with its name free", async () => {
    heroku.machines.provision = async () => {
      throw new Error("the disk is full");
    };
    const { body } = await createAddon(heroku);
    await heroku.idle();

    const failed = await heroku.get(`/apps/sketch/addons/${body.id}`);
    expect(failed.body).toMatchObject({ state: "deprovisioned", provision_message: "the disk is full" });
    expect((await heroku.get("/addons")).body).toEqual([]);
    expect((await heroku.get("/apps/sketch/addon-attachments")).body).toEqual([]);
    expect((await createAddon(heroku)).status).toBe(201);
    expect((await heroku.delete(`/apps/sketch/addons/${body.id}`)).status).toBe(200);
  });

  it("DELETE /apps/:app/addons/:addon while it is being provisioned takes the service down after", async () => {
    let release = () => {};
    heroku.machines.provision = () =>
      new Promise((resolve) => {
        release = () => resolve({ URL: "postgres://late" });
      });
    await createAddon(heroku);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await heroku.delete("/apps/sketch/addons/sketch-db");
    expect(heroku.machines.calls).not.toContain("deprovision sketch-db");
    release();
    await heroku.idle();

    expect(heroku.machines.calls.filter((call) => call.includes("sketch-db"))).toEqual([
      "provision sketch-db",
      "deprovision sketch-db",
    ]);
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({});
  });

  it("continues provisioning at start", async () => {
    heroku.machines.provision = () => new Promise(() => {});
    await createAddon(heroku);

    heroku = await Emulator.open({ store: heroku.store });
    await heroku.idle();

    expect((await heroku.get("/addons/sketch-db")).body).toMatchObject({ state: "provisioned" });
  });

  it("releases values that a service changed, without the release phase", async () => {
    const { body } = await createAddon(heroku);
    await heroku.idle();

    await heroku.platform.provisioner.addonValuesChanged(String(body.id), { URL: "postgres://rotated" });

    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({ DATABASE_URL: "postgres://rotated" });
    expect((await descriptions(heroku)).at(-1)).toBe("Update DATABASE by heroku-postgresql");
  });
});
