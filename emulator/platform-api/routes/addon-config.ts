import { Hono } from "hono";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { Platform } from "../platform";

const FIELDS = ["name"] as const;

/** Routes of Heroku's resource "add-on config": clients look there for a namespace before they attach with it. */
export function addonConfigRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;

  routes.get("/addons/:addon/config", (c) => {
    const addon = lookup.addon(c.var.account, c.req.param("addon"));
    return reply(c, addonConfigView(addon.config), FIELDS);
  });

  routes.get("/addons/:addon/config/:namespace", (c) => {
    const addon = lookup.addon(c.var.account, c.req.param("addon"));
    return reply(c, addonConfigView(addon.namespaceValues[c.req.param("namespace")] ?? {}), FIELDS);
  });

  return routes;
}

function addonConfigView(config: Readonly<Record<string, string>>) {
  return Object.entries(config).map(([name, value]) => ({ name, value }));
}
