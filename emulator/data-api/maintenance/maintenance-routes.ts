import { Hono } from "hono";
import * as v from "valibot";
import { findAddonService, planOf } from "../../catalog/addon-services";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams } from "../../http/errors";
import { findAddon, findApp } from "../../http/find-resource";
import type { AddonRecord } from "../../store/entities";
import type { DataServices } from "../data-services";

const BASE = "/data/maintenances/v1";

const WindowBody = v.object({ day_of_week: v.string(), time_of_day: v.string() });
const LegacyWindowBody = v.object({ description: v.string() });

/** Routes of data maintenances (`heroku data:maintenances`). */
export function maintenanceRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, windows } = data;
  const { store } = context;
  const inApp = findApp(context);
  const ofAddon = findAddon(context);
  const view = (addon: AddonRecord) => maintenanceView(data, addon);

  routes.get(`${BASE}/apps/:app`, inApp, (c) => {
    const addons = store.collection("addons").by("app", c.var.app.id);
    return c.json({ maintenances: addons.filter(isDataService).map(view) });
  });

  routes.get(`${BASE}/:addon`, ofAddon, (c) => c.json(view(c.var.addon)));

  for (const path of [`${BASE}/:addon/history`, `${BASE}/:addon/history/`]) {
    routes.get(path, ofAddon, (c) => c.json({ maintenances: [] }));
  }

  routes.get(`${BASE}/:addon/window`, ofAddon, (c) => c.json({ window: windows.of(c.var.addon) }));

  routes.post(`${BASE}/:addon/window`, ofAddon, async (c) => {
    const { day_of_week, time_of_day } = await readBody(c, WindowBody);
    const previous_window = windows.of(c.var.addon);
    const window = windows.set(c.var.addon, day_of_week, time_of_day);
    return c.json({ window, previous_window, scheduled_for: null, previously_scheduled_for: null });
  });

  for (const action of ["run", "schedule"]) {
    routes.post(`${BASE}/:addon/${action}`, ofAddon, () => {
      throw invalidParams("There is no maintenance required for this add-on.");
    });
  }

  for (const legacy of ["/client/v11/databases/:addon", "/redis/v0/databases/:addon"]) {
    // herokux waits for these words.
    routes.get(`${legacy}/maintenance`, ofAddon, (c) => {
      return c.json({ message: `Maintenance not required, window is ${windows.of(c.var.addon)}` });
    });

    routes.put(`${legacy}/maintenance_window`, ofAddon, async (c) => {
      const { description } = await readBody(c, LegacyWindowBody);
      return c.json({ window: windows.setFrom(c.var.addon, description) });
    });
  }

  return routes;
}

function isDataService({ serviceName }: AddonRecord): boolean {
  return findAddonService(serviceName)?.placeholder === undefined;
}

function maintenanceView({ context, windows }: DataServices, addon: AddonRecord) {
  const { store } = context;
  const attachments = store.collection("attachments").by("addon", addon.id);
  const app = store.collection("apps").get(addon.appId);
  const window = windows.of(addon);
  return {
    addon: {
      uuid: addon.id,
      name: addon.name,
      attachments: attachments.map(({ name }) => name),
      kind: addon.serviceName,
      plan: planOf(addon).name,
      window,
    },
    app: { uuid: addon.appId, name: app?.name ?? "" },
    window,
    status: "none",
    required_by: null,
    scheduled_for: null,
    method: null,
    addon_description: null,
    started_at: null,
    completed_at: null,
    duration_seconds: null,
    reason: null,
    server_created_at: null,
  };
}
