import type { Emulator } from "../../../support/emulator";
import { createAddon, descriptions, openWithSketch } from "./addon-fixture";

describe("add-on routes, creation", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await openWithSketch();
  });

  it("POST /apps/:app/addons returns at once and provisions in the background", async () => {
    const { status, body } = await createAddon(heroku);

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
    expect(await descriptions(heroku)).toEqual([
      "Attach DATABASE (@ref:sketch-db)",
      "@ref:sketch-db completed provisioning, setting DATABASE_URL.",
    ]);
  });

  it.each([
    [{ plan: { name: "heroku-redis:premium-0" } }, "heroku-redis:premium-0"],
    [{ plan: "heroku-redis" }, "heroku-redis:mini"],
  ])("POST /apps/:app/addons takes the plan as %j", async (fields, plan) => {
    expect((await createAddon(heroku, fields)).body).toMatchObject({ plan: { name: plan } });
  });

  it("POST /apps/:app/addons names what was given no name", async () => {
    const { body } = await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql" });

    expect(body.name).toMatch(/^postgresql-[a-z]+-\d{5}$/);
  });

  it("POST /apps/:app/addons attaches as the client names it, or in a color", async () => {
    await createAddon(heroku);
    const second = await createAddon(heroku, { name: "second" });
    const third = await createAddon(heroku, { name: "third", attachment: { name: "REPORTS" } });

    expect(second.body.config_vars).toEqual([expect.stringMatching(/^HEROKU_POSTGRESQL_[A-Z]+_URL$/)]);
    expect(third.body.config_vars).toEqual(["REPORTS_URL"]);
  });

  it.each([
    [{ name: "1st" }, 422, "Name is invalid"],
    [{ config: { follow: "DATABASE_URL" } }, 422, "Local Heroku makes no database from another: leave out follow."],
    [
      { config: { rollback: "DATABASE_URL", to: "2026-01-01" } },
      422,
      "Local Heroku makes no database from another: leave out rollback.",
    ],
    [{ attachment: { name: "a-b" } }, 422, expect.stringMatching(/^Name must start with a letter/)],
  ])("POST /apps/:app/addons refuses %j and leaves nothing behind", async (fields, status, message) => {
    const reply = await createAddon(heroku, fields);

    expect(reply.status).toBe(status);
    expect(reply.body.message).toEqual(message);
    expect((await heroku.get("/addons")).body).toEqual([]);
    expect(await descriptions(heroku)).toEqual([]);
  });

  it("POST /apps/:app/addons refuses a name that any app's add-on has", async () => {
    await createAddon(heroku);
    await heroku.post("/apps", { name: "other" });

    const { status, body } = await heroku.post("/apps/other/addons", { plan: "heroku-redis", name: "sketch-db" });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Name is already taken" });
  });
});
