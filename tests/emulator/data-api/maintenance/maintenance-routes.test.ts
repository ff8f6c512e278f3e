import Dockerode from "dockerode";
import { Hono } from "hono";
import { DataServices } from "../../../../emulator/data-api/data-services";
import { maintenanceRoutes } from "../../../../emulator/data-api/maintenance/maintenance-routes";
import { ServiceContainers } from "../../../../emulator/data-api/service-containers";
import { Engine } from "../../../../emulator/docker/engine";
import { requireAccount } from "../../../../emulator/http/auth";
import type { ApiEnv } from "../../../../emulator/http/context";
import { Emulator } from "../../../support/emulator";

const NETWORK = { name: "none", subnet: "10.200.0.0/20" };

describe("maintenance routes", () => {
  let addon: Record<string, unknown>;
  let ask: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

  beforeEach(async () => {
    const heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
    addon = (await heroku.post("/apps/sketch/addons", { plan: "heroku-redis:mini" })).body;
    const engine = new Engine(new Dockerode(), "tests");
    const containers = new ServiceContainers(engine, heroku.store, NETWORK, "none", "address");
    const routes = new Hono<ApiEnv>();
    routes.use(requireAccount(heroku.store));
    routes.route("/", maintenanceRoutes(new DataServices(heroku.machines.context, containers)));
    ask = async (method, path, body) => {
      const headers = { Authorization: "Bearer local-heroku" };
      const reply = await routes.request(path, { method, headers, body: body ? JSON.stringify(body) : null });
      return { status: reply.status, body: await reply.json() };
    };
  });

  // Heroku's CLI asks with a slash before the question mark.
  it.each(["history", "history/"])("GET /data/maintenances/v1/:addon/%s?limit=5 is empty", async (path) => {
    expect(await ask("GET", `/data/maintenances/v1/${addon.id}/${path}?limit=5`)).toEqual({
      status: 200,
      body: { maintenances: [] },
    });
  });

  it("POST /data/maintenances/v1/:addon/window stores a window", async () => {
    const path = `/data/maintenances/v1/${addon.name}/window`;

    const { body } = await ask("POST", path, { day_of_week: "tuesday", time_of_day: "14:30" });

    expect(body).toMatchObject({
      window: "Tuesdays 14:30 to 18:30 UTC",
      previous_window: "Mondays 20:00 to Tuesdays 00:00 UTC",
    });
    expect((await ask("GET", path)).body).toEqual({ window: "Tuesdays 14:30 to 18:30 UTC" });
  });

  it.each(["/client/v11/databases", "/redis/v0/databases"])("keeps a window and says it, under %s", async (base) => {
    const put = (description: string) => ask("PUT", `${base}/${addon.id}/maintenance_window`, { description });

    expect(await put("Mondays 10:30")).toEqual({ status: 200, body: { window: "Mondays 10:30 to 14:30 UTC" } });
    expect(await ask("GET", `${base}/${addon.id}/maintenance`)).toEqual({
      status: 200,
      body: { message: "Maintenance not required, window is Mondays 10:30 to 14:30 UTC" },
    });
  });

  it("finds an add-on by app::ATTACHMENT", async () => {
    expect((await ask("GET", "/data/maintenances/v1/sketch::REDIS/window")).status).toBe(200);
  });
});
