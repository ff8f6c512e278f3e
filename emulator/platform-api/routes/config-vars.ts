import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import type { Platform } from "../platform";

const UpdateBody = v.record(v.string(), v.nullable(v.string()));

/** Routes of Heroku's resource "config var". */
export function configVarRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { configVars, lookup, releases } = platform;
  const inApp = findApp(lookup);

  routes.get("/apps/:app/config-vars", inApp, (c) => c.json(configVars.of(c.var.app)));

  routes.patch("/apps/:app/config-vars", inApp, async (c) => {
    const changes = await readBody(c, UpdateBody);
    return c.json(configVars.change(c.var.app, changes, c.var.account));
  });

  routes.get("/apps/:app/releases/:release/config-vars", inApp, (c) => {
    return c.json(releases.find(c.var.app, c.req.param("release")).configVars);
  });

  return routes;
}
