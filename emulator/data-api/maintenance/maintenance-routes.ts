import { Hono } from "hono";
import * as v from "valibot";
import { planOf } from "../../catalog/addon-services";
import type { Clock } from "../../clock";
import { readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import { HerokuError, invalidParams, notFound } from "../../http/errors";
import type { AccountRecord, AddonRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import type { ServiceLookup } from "../find-service";
import { DEFAULT_WINDOW, windowFrom } from "./maintenance-window";

const WindowBody = v.object({ day_of_week: v.string(), time_of_day: v.string() });
const LegacyWindowBody = v.object({ description: v.string() });

/** Routes of data maintenances (`heroku data:maintenances`). Local Heroku's services never need one; the window is kept. */
export function maintenanceRoutes(lookup: ServiceLookup, store: Store, clock: Clock): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const base = "/data/maintenances/v1";
  const windows = store.collection("maintenanceWindows");
  const find = (account: AccountRecord, id: string) => {
    const addon = lookup.findAddon(account, id);
    if (!addon) throw new HerokuError(404, "not_found", "Not found.");
    return addon;
  };
  const windowOf = (addon: AddonRecord) => windows.get(addon.id)?.window ?? DEFAULT_WINDOW;
  const setWindow = (addon: AddonRecord, day: string, time: string) => {
    const window = windowFrom(day, time);
    if (window === undefined) throw invalidParams("Invalid window: choose a day of the week and a time at :00 or :30.");
    const now = clock.timestamp();
    windows.put({ id: addon.id, window, createdAt: windows.get(addon.id)?.createdAt ?? now, updatedAt: now });
    return window;
  };
  const view = (addon: AddonRecord) => maintenanceView(store, addon, windowOf(addon));

  routes.get(`${base}/apps/:app`, (c) => {
    const app = lookup.findApp(c.var.account, c.req.param("app"));
    if (!app) throw notFound("app");
    return c.json({ maintenances: store.collection("addons").by("app", app.id).map(view) });
  });

  routes.get(`${base}/:addon`, (c) => c.json(view(find(c.var.account, c.req.param("addon")))));

  for (const path of [`${base}/:addon/history`, `${base}/:addon/history/`] as const) {
    routes.get(path, (c) => {
      find(c.var.account, c.req.param("addon"));
      return c.json({ maintenances: [] });
    });
  }

  routes.get(`${base}/:addon/window`, (c) => c.json({ window: windowOf(find(c.var.account, c.req.param("addon"))) }));

  routes.post(`${base}/:addon/window`, async (c) => {
    const addon = find(c.var.account, c.req.param("addon"));
    const { day_of_week, time_of_day } = await readBody(c, WindowBody);
    const previous = windowOf(addon);
    const window = setWindow(addon, day_of_week, time_of_day);
    return c.json({ window, previous_window: previous, scheduled_for: null, previously_scheduled_for: null });
  });

  for (const action of ["run", "schedule"]) {
    routes.post(`${base}/:addon/${action}`, (c) => {
      find(c.var.account, c.req.param("addon"));
      throw invalidParams("There is no maintenance required for this add-on.");
    });
  }

  for (const legacy of ["/client/v11/databases/:addon", "/redis/v0/databases/:addon"] as const) {
    routes.get(`${legacy}/maintenance`, (c) => {
      find(c.var.account, c.req.param("addon"));
      return c.json({ message: "No maintenance is required." });
    });
    routes.put(`${legacy}/maintenance_window`, async (c) => {
      const addon = find(c.var.account, c.req.param("addon"));
      const { description } = await readBody(c, LegacyWindowBody);
      const [day = "", time = ""] = description.split(" ");
      return c.json({ window: setWindow(addon, day, time) });
    });
  }
  return routes;
}

function maintenanceView(store: Store, addon: AddonRecord, window: string) {
  const attachments = store.collection("attachments").by("addon", addon.id);
  const app = store.collection("apps").get(addon.appId);
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
