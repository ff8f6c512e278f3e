import { Emulator } from "../../support/emulator";

interface Release {
  description: string;
}

describe("add-on routes", () => {
  let heroku: Emulator;
  const descriptions = async (app = "sketch") => {
    const { body } = await heroku.get<Release[]>(`/apps/${app}/releases`);
    return body.slice(2).map(({ description }) => description);
  };
  const create = (fields: object = {}) =>
    heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql:essential-0", name: "sketch-db", ...fields });
  const open = async (delays: Record<string, number> = {}) => {
    heroku = await Emulator.open({ delays });
    await heroku.post("/apps", { name: "sketch" });
  };

  beforeEach(async () => {
    jest.spyOn(console, "error").mockImplementation(() => {});
    await open();
  });
  afterEach(() => jest.restoreAllMocks());

  it("POST /apps/:app/addons answers at once and provisions behind it", async () => {
    const { status, body } = await create();

    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "sketch-db",
      state: "provisioning",
      config_vars: ["DATABASE_URL"],
      addon_service: { name: "heroku-postgresql" },
      plan: { name: "heroku-postgresql:essential-0" },
      billed_price: { cents: 500, contract: false, unit: "month" },
      app: { name: "sketch" },
      billing_entity: { name: "sketch", type: "app" },
    });
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({});

    await heroku.idle();

    expect((await heroku.get("/apps/sketch/addons/sketch-db")).body).toMatchObject({ state: "provisioned" });
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({
      DATABASE_URL: "postgres://user:secret@127.0.0.1:5432/sketch-db",
    });
    expect(await descriptions()).toEqual([
      "Attach DATABASE (@ref:sketch-db)",
      "@ref:sketch-db completed provisioning, setting DATABASE_URL.",
    ]);
  });

  it("POST /apps/:app/addons takes as long as the clock says", async () => {
    await open({ "heroku-postgresql": 180_000 });
    const state = async () => (await heroku.get("/addons/sketch-db")).body.state;
    await create();

    heroku.clock.advance(179_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await state()).toBe("provisioning");

    heroku.clock.advance(1_000);
    await heroku.idle();
    expect(await state()).toBe("provisioned");
  });

  it.each([
    [{ plan: { name: "heroku-redis:premium-0" } }, "heroku-redis:premium-0"],
    [{ plan: "heroku-redis" }, "heroku-redis:mini"],
  ])("POST /apps/:app/addons takes the plan as %j", async (fields, plan) => {
    expect((await create(fields)).body).toMatchObject({ plan: { name: plan } });
  });

  it("POST /apps/:app/addons names what was given no name", async () => {
    const { body } = await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql" });

    expect(body.name).toMatch(/^postgresql-[a-z]+-\d{5}$/);
  });

  it("POST /apps/:app/addons attaches as the client names it, or in a colour", async () => {
    await create();
    const second = await create({ name: "second" });
    const third = await create({ name: "third", attachment: { name: "REPORTS" } });

    expect(second.body.config_vars).toEqual([expect.stringMatching(/^HEROKU_POSTGRESQL_[A-Z]+_URL$/)]);
    expect(third.body.config_vars).toEqual(["REPORTS_URL"]);
  });

  it.each([
    [
      { plan: "heroku-postgresql:huge" },
      422,
      expect.stringMatching(
        /^Couldn't find that plan, got "heroku-postgresql:huge"; Local Heroku has heroku-postgresql:/,
      ),
    ],
    [{ plan: "papertrail" }, 404, 'Couldn\'t find either the add-on service or the add-on plan of "papertrail".'],
    [{ name: "1st" }, 422, "Name is invalid"],
    [{ config: { follow: "DATABASE_URL" } }, 422, "Local Heroku makes no database from another: leave out follow."],
    [
      { config: { rollback: "DATABASE_URL", to: "2026-01-01" } },
      422,
      "Local Heroku makes no database from another: leave out rollback.",
    ],
    [{ attachment: { name: "a-b" } }, 422, expect.stringMatching(/^Name must start with a letter/)],
  ])("POST /apps/:app/addons refuses %j and leaves nothing behind", async (fields, status, message) => {
    const reply = await create(fields);

    expect(reply.status).toBe(status);
    expect(reply.body.message).toEqual(message);
    expect((await heroku.get("/addons")).body).toEqual([]);
    expect(await descriptions()).toEqual([]);
  });

  it("POST /apps/:app/addons refuses a name that any app's add-on has", async () => {
    await create();
    await heroku.post("/apps", { name: "other" });

    const { status, body } = await heroku.post("/apps/other/addons", { plan: "heroku-redis", name: "sketch-db" });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Name is already taken" });
  });

  it("POST /apps/:app/addons that cannot be provisioned ends deprovisioned, its vars gone and its name free", async () => {
    heroku.machines.provision = async () => {
      throw new Error("the disk is full");
    };
    const { body } = await create();
    await heroku.idle();

    const failed = await heroku.get(`/apps/sketch/addons/${body.id}`);
    expect(failed.body).toMatchObject({ state: "deprovisioned", provision_message: "the disk is full" });
    expect((await heroku.get("/addons")).body).toEqual([]);
    expect((await heroku.get("/apps/sketch/addon-attachments")).body).toEqual([]);
    expect((await create()).status).toBe(201);
    expect((await heroku.delete(`/apps/sketch/addons/${body.id}`)).status).toBe(200);
  });

  it("PATCH /apps/:app/addons/:addon changes plan and name", async () => {
    await create();
    await heroku.idle();

    const { body } = await heroku.patch("/apps/sketch/addons/sketch-db", { plan: "standard-0", name: "main-db" });
    await heroku.idle();

    expect(body).toMatchObject({ name: "main-db", plan: { name: "heroku-postgresql:standard-0" } });
    expect(heroku.machines.calls).toContain("change plan of main-db to standard-0");
    expect((await heroku.get("/addons/sketch-db")).status).toBe(404);
  });

  it("PATCH /apps/:app/addons/:addon refuses another service's plan", async () => {
    await create();
    await heroku.idle();

    const { status, body } = await heroku.patch("/apps/sketch/addons/sketch-db", { plan: "heroku-redis:mini" });

    expect(status).toBe(422);
    expect(body.message).toBe("The plan heroku-redis:mini is not one of heroku-postgresql.");
  });

  it("DELETE /apps/:app/addons/:addon detaches it, and it is gone", async () => {
    await create();
    await heroku.idle();

    const { status, body } = await heroku.delete("/apps/sketch/addons/sketch-db");

    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "sketch-db", state: "deprovisioned", config_vars: ["DATABASE_URL"] });
    expect((await heroku.get("/addons/sketch-db")).status).toBe(404);
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({});
    expect((await descriptions()).at(-1)).toBe("Detach DATABASE (@ref:sketch-db)");
    await heroku.idle();
    expect(heroku.machines.calls).toContain("deprovision sketch-db");
    expect(heroku.store.collection("addons").all()).toEqual([]);
  });

  it("DELETE /apps/:app/addons/:addon while it is being provisioned takes the service down after", async () => {
    let release = () => {};
    heroku.machines.provision = () =>
      new Promise((resolve) => {
        release = () => resolve({ URL: "postgres://late" });
      });
    await create();
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

  it("GET /addons shows services and plans in full to who asks for it", async () => {
    await create();

    const { body } = await heroku.get("/addons/sketch-db", { "Accept-Expansion": "addon_service,plan" });

    expect(body).toMatchObject({
      addon_service: { human_name: "Heroku Postgres" },
      plan: { name: "heroku-postgresql:essential-0", price: { cents: 500, unit: "month" } },
    });
  });

  it("POST /actions/addons/resolve finds an app's add-on by its service", async () => {
    const { body } = await create();
    await heroku.post("/apps", { name: "bare" });
    const resolve = (app: string) =>
      heroku.post<{ id: string }[]>("/actions/addons/resolve", { addon: "heroku-postgresql", app });

    expect((await resolve("sketch")).body.map(({ id }) => id)).toEqual([body.id]);
    expect((await resolve("bare")).status).toBe(404);
  });

  it("POST /actions/addons/resolve finds by name, by id and by attachment", async () => {
    const { body } = await create();
    const resolve = (fields: object) => heroku.post<{ id: string }[]>("/actions/addons/resolve", fields);

    for (const fields of [{ addon: "sketch-db" }, { addon: body.id }, { addon: "DATABASE_URL", app: "sketch" }]) {
      expect((await resolve(fields)).body.map(({ id }) => id)).toEqual([body.id]);
    }
    expect((await resolve({ addon: "DATABASE" })).status).toBe(404);
    expect((await resolve({ addon: "sketch-db", addon_service: "heroku-redis" })).status).toBe(404);
  });

  it("takes up at start what an earlier process was provisioning", async () => {
    heroku.machines.provision = () => new Promise(() => {});
    await create();

    heroku = await Emulator.open({ store: heroku.store });
    await heroku.idle();

    expect((await heroku.get("/addons/sketch-db")).body).toMatchObject({ state: "provisioned" });
  });

  it("tells apps of values that a service changed, without the release phase", async () => {
    const { body } = await create();
    await heroku.idle();

    await heroku.platform.provisioner.addonValuesChanged(String(body.id), { URL: "postgres://rotated" });

    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({ DATABASE_URL: "postgres://rotated" });
    expect((await descriptions()).at(-1)).toBe("Update DATABASE by heroku-postgresql");
  });
});
