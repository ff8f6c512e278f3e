import { Hono } from "hono";
import { maintenanceRoutes } from "../../../../emulator/data-api/maintenance/maintenance-routes";
import { requireAccount } from "../../../../emulator/http/auth";
import type { ApiEnv } from "../../../../emulator/http/context";
import { Emulator } from "../../../support/emulator";

describe("maintenance routes", () => {
  // Heroku's CLI asks with a slash before the question mark.
  it.each(["history", "history/"])("GET /data/maintenances/v1/:addon/%s?limit=5 is empty", async (path) => {
    const heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
    const { body: addon } = await heroku.post("/apps/sketch/addons", { plan: "heroku-redis:mini" });
    const routes = new Hono<ApiEnv>();
    routes.use(requireAccount(heroku.store));
    routes.route("/", maintenanceRoutes(heroku.platform.lookup, heroku.store, heroku.clock));

    const headers = { Authorization: "Bearer local-heroku" };
    const reply = await routes.request(`/data/maintenances/v1/${addon.id}/${path}?limit=5`, { headers });

    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ maintenances: [] });
  });
});
