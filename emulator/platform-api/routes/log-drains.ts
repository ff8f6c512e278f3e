import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { LogDrainRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appRefOf, timed } from "./views";

const FIELDS = ["id", "token"] as const;

const CreateBody = v.object({ url: v.string() });

/** Routes of Heroku's resource "log drain". */
export function logDrainRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { logDrains, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (drain: LogDrainRecord) => logDrainView(platform, drain);

  routes.get("/apps/:app/log-drains", inApp, (c) => reply(c, logDrains.of(c.var.app).map(view), FIELDS));

  routes.post("/apps/:app/log-drains", inApp, async (c) => {
    const { url } = await readBody(c, CreateBody);
    return c.json(view(logDrains.create(c.var.app, url)), 201);
  });

  routes.get("/apps/:app/log-drains/:drain", inApp, (c) => {
    return c.json(view(logDrains.find(c.var.app, c.req.param("drain"))));
  });

  routes.delete("/apps/:app/log-drains/:drain", inApp, (c) => {
    const drain = logDrains.find(c.var.app, c.req.param("drain"));
    logDrains.remove(drain);
    return c.json(view(drain));
  });

  return routes;
}

function logDrainView(platform: Platform, drain: LogDrainRecord) {
  return {
    ...timed(drain),
    addon: null,
    app: appRefOf(platform, drain.appId),
    token: drain.token,
    url: drain.url,
  };
}
