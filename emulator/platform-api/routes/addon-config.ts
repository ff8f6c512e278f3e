import { Hono } from "hono";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { Platform } from "../platform";

/** Reads Heroku's resource "add-on config": clients look there for a namespace before they attach with it. */
export function addonConfigRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  routes.get("/addons/:addon/config", (c) => {
    const addon = platform.lookup.addon(c.var.account, c.req.param("addon"));
    const rows = Object.entries(addon.config).map(([name, value]) => ({ name, value }));
    return reply(c, rows, ["name"]);
  });
  routes.get("/addons/:addon/config/:namespace", (c) => {
    const addon = platform.lookup.addon(c.var.account, c.req.param("addon"));
    const values = addon.namespaceValues[c.req.param("namespace")];
    const rows = Object.entries(values ?? {}).map(([name, value]) => ({ name, value }));
    return reply(c, rows, ["name"]);
  });
  return routes;
}
