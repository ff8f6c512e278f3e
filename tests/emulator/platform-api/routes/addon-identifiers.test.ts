import type { Emulator, Reply } from "../../../support/emulator";
import { createAddon, openWithSketch } from "./addon-fixture";

describe("add-on identifiers", () => {
  let heroku: Emulator;
  let id: unknown;
  beforeEach(async () => {
    heroku = await openWithSketch();
    id = (await createAddon(heroku)).body.id;
    await heroku.post("/apps", { name: "bare" });
  });
  const idOf = ({ body }: Reply<{ id: unknown } | { id: unknown }[]>) =>
    Array.isArray(body) ? body.map((each) => each.id) : body.id;

  it.each(["DATABASE", "DATABASE_URL", "sketch-db", "heroku-postgresql"])(
    "POST /actions/addons/resolve finds sketch::%s from anywhere",
    async (name) => {
      for (const app of [null, "bare"]) {
        const found = await heroku.post<{ id: unknown }[]>("/actions/addons/resolve", {
          addon: `sketch::${name}`,
          app,
        });

        expect(idOf(found)).toEqual([id]);
      }
    },
  );

  it.each(["DATABASE", "DATABASE_URL", "sketch-db"])(
    "POST /actions/addon-attachments/resolve finds sketch::%s",
    async (name) => {
      const found = await heroku.post<{ addon: { id: unknown } }[]>("/actions/addon-attachments/resolve", {
        addon_attachment: `sketch::${name}`,
        app: null,
      });

      expect(found.body.map(({ addon }) => addon.id)).toEqual([id]);
    },
  );

  it("finds nothing by an attachment of an app that another account owns", async () => {
    await heroku.post("/_local/seed", { accounts: [{ email: "ann@example.com", apiKey: "ann-key" }] });
    const body = { addon: "sketch::DATABASE", app: null };

    expect((await heroku.call("POST", "/actions/addons/resolve", { body, key: "ann-key" })).status).toBe(404);
    expect((await heroku.call("GET", "/addons/sketch::DATABASE", { key: "ann-key" })).status).toBe(404);
  });

  it("finds an add-on by app::ATTACHMENT wherever one is named", async () => {
    expect(idOf(await heroku.get("/addons/sketch::DATABASE"))).toBe(id);
    expect((await heroku.get("/addons/sketch::DATABASE/config")).status).toBe(200);
    expect((await heroku.get("/addons/sketch::DATABASE/addon-attachments")).status).toBe(200);
    const attached = await heroku.post("/addon-attachments", {
      addon: "sketch::DATABASE",
      app: "bare",
      name: "SHARED",
    });

    expect(attached.body).toMatchObject({ addon: { id }, app: { name: "bare" } });
    expect((await heroku.get("/addon-attachments/bare::SHARED")).body).toMatchObject({ name: "SHARED" });
    expect((await heroku.get("/apps/bare/addons/SHARED")).body).toMatchObject({ id });
  });

  it.each(["heroku-postgresql", "DATABASE", "DATABASE_URL", "sketch-db"])(
    "reads, changes and removes an app's add-on by %s",
    async (name) => {
      await heroku.idle();
      expect(idOf(await heroku.get(`/apps/sketch/addons/${name}`))).toBe(id);
      const changed = await heroku.patch(`/apps/sketch/addons/${name}`, { plan: "essential-1" });

      expect(changed.body).toMatchObject({ id, plan: { name: "heroku-postgresql:essential-1" } });
      expect(idOf(await heroku.delete(`/apps/sketch/addons/${name}`))).toBe(id);
      expect((await heroku.get(`/apps/sketch/addons/${name}`)).status).toBe(404);
    },
  );

  it("refuses a service of which the app has two add-ons", async () => {
    await createAddon(heroku, { name: "second-db" });

    const { status, body } = await heroku.get("/apps/sketch/addons/heroku-postgresql");

    expect([status, body.id]).toEqual([422, "multiple_matches"]);
    expect((await heroku.get("/apps/bare/addons/heroku-postgresql")).status).toBe(404);
  });

  it("names what is missing in the words that the CLI compares", async () => {
    const missing = async (path: string) => (await heroku.get(path)).body.resource;

    expect(await missing("/addons/none")).toBe("add_on");
    expect(await missing("/apps/sketch/addons/none")).toBe("add_on");
    expect(await missing("/addon-attachments/none")).toBe("add_on attachment");
  });
});
