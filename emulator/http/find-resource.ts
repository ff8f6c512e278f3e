import { createMiddleware } from "hono/factory";
import type { ResourceLookup } from "../contract";
import type { AddonRecord, AppRecord } from "../store/entities";
import type { ApiEnv } from "./context";
import { HerokuError, notFound } from "./errors";

type With<Variables> = ApiEnv & { Variables: Variables };

/** Puts the app that `:app` in the path names into `c.var.app`, or refuses with 404. */
export function findApp(lookup: ResourceLookup) {
  return createMiddleware<With<{ app: AppRecord }>>(async (c, next) => {
    const app = lookup.findApp(c.var.account, c.req.param("app") ?? "");
    if (app === undefined) throw notFound("app");
    c.set("app", app);
    await next();
  });
}

/**
 * Puts the add-on that `:addon` in the path names into `c.var.addon`, or refuses with 404. With `serviceName`, the
 * add-on must be of that service and provisioned: the data APIs' clients take 404 for "not ready yet".
 */
export function findAddon(lookup: ResourceLookup, serviceName?: string) {
  return createMiddleware<With<{ addon: AddonRecord }>>(async (c, next) => {
    const addon = lookup.findAddon(c.var.account, c.req.param("addon") ?? "");
    const isReady = serviceName === undefined || (addon?.serviceName === serviceName && addon.state === "provisioned");
    if (addon === undefined || !isReady) throw new HerokuError(404, "not_found", "Not found.");
    c.set("addon", addon);
    await next();
  });
}
