import type { Emulator } from "../../../support/emulator";
import { createAddon, openWithSketch } from "./addon-fixture";

describe("add-on routes, finding add-ons", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await openWithSketch();
  });

  it("GET /addons shows services and plans in full to who asks for it", async () => {
    await createAddon(heroku);

    const { body } = await heroku.get("/addons/sketch-db", { "Accept-Expansion": "addon_service,plan" });

    expect(body).toMatchObject({
      addon_service: { human_name: "Heroku Postgres" },
      plan: { name: "heroku-postgresql:essential-0", price: { cents: 500, unit: "month" } },
    });
  });

  it("POST /actions/addons/resolve finds an app's add-on by its service", async () => {
    const { body } = await createAddon(heroku);
    await heroku.post("/apps", { name: "bare" });
    const resolve = (app: string) =>
      heroku.post<{ id: string }[]>("/actions/addons/resolve", { addon: "heroku-postgresql", app });

    expect((await resolve("sketch")).body.map(({ id }) => id)).toEqual([body.id]);
    expect((await resolve("bare")).status).toBe(404);
  });

  it("POST /actions/addons/resolve accepts name, id and attachment", async () => {
    const { body } = await createAddon(heroku);
    const resolve = (fields: object) => heroku.post<{ id: string }[]>("/actions/addons/resolve", fields);

    for (const fields of [{ addon: "sketch-db" }, { addon: body.id }, { addon: "DATABASE_URL", app: "sketch" }]) {
      expect((await resolve(fields)).body.map(({ id }) => id)).toEqual([body.id]);
    }
    expect((await resolve({ addon: "DATABASE" })).status).toBe(404);
    expect((await resolve({ addon: "sketch-db", addon_service: "heroku-redis" })).status).toBe(404);
  });
});
