import type { Emulator } from "../../../support/emulator";
import { createAddon, descriptions, openWithSketch } from "./addon-fixture";

describe("add-on routes, change and end", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await openWithSketch();
  });

  it("PATCH /apps/:app/addons/:addon changes plan and name", async () => {
    await createAddon(heroku);
    await heroku.idle();

    const { body } = await heroku.patch("/apps/sketch/addons/sketch-db", { plan: "standard-0", name: "main-db" });
    await heroku.idle();

    expect(body).toMatchObject({ name: "main-db", plan: { name: "heroku-postgresql:standard-0" } });
    expect(heroku.machines.calls).toContain("change plan of main-db to standard-0");
    expect((await heroku.get("/addons/sketch-db")).status).toBe(404);
  });

  it("PATCH /apps/:app/addons/:addon refuses another service's plan", async () => {
    await createAddon(heroku);
    await heroku.idle();

    const { status, body } = await heroku.patch("/apps/sketch/addons/sketch-db", { plan: "heroku-redis:mini" });

    expect(status).toBe(422);
    expect(body.message).toBe("The plan heroku-redis:mini is not one of heroku-postgresql.");
  });

  it("DELETE /apps/:app/addons/:addon detaches and removes it", async () => {
    await createAddon(heroku);
    await heroku.idle();

    const { status, body } = await heroku.delete("/apps/sketch/addons/sketch-db");

    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "sketch-db", state: "deprovisioned", config_vars: ["DATABASE_URL"] });
    expect((await heroku.get("/addons/sketch-db")).status).toBe(404);
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({});
    expect((await descriptions(heroku)).at(-1)).toBe("Detach DATABASE (@ref:sketch-db)");
    await heroku.idle();
    expect(heroku.machines.calls).toContain("deprovision sketch-db");
    expect(heroku.store.collection("addons").all()).toEqual([]);
  });
});
