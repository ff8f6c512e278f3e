import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { DynoRecord } from "../../machines";
import type { Platform } from "../platform";
import { appRefOf, timed } from "./views";

const FIELDS = ["name", "id"] as const;

const CreateBody = v.object({
  command: v.pipe(v.string(), v.minLength(1, "Command must not be empty.")),
  attach: optional(v.boolean()),
  env: optional(v.record(v.string(), v.string())),
  size: optional(v.string()),
  type: optional(v.string()),
  time_to_live: optional(v.number()),
});

/** Routes of Heroku's resource "dyno". */
export function dynoRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { dynos, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (dyno: DynoRecord) => dynoView(platform, dyno);

  routes.get("/apps/:app/dynos", inApp, (c) => reply(c, dynos.of(c.var.app).map(view), FIELDS));

  routes.post("/apps/:app/dynos", inApp, async (c) => {
    const { attach, time_to_live: timeToLive, ...request } = await readBody(c, CreateBody);
    const shown = view(await dynos.create(c.var.app, { ...request, timeToLive }));
    return c.json(attach ? shown : { ...shown, attach_url: null }, 201);
  });

  routes.get("/apps/:app/dynos/:dyno", inApp, (c) => c.json(view(dynos.find(c.var.app, c.req.param("dyno")))));

  routes.delete("/apps/:app/dynos", inApp, async (c) => {
    await dynos.restart(c.var.app);
    return c.json({}, 202);
  });

  routes.delete("/apps/:app/dynos/:dyno", inApp, async (c) => {
    await dynos.restart(c.var.app, dynos.named(c.var.app, c.req.param("dyno")));
    return c.json({}, 202);
  });

  routes.delete("/apps/:app/formations/:type", inApp, async (c) => {
    await dynos.restart(c.var.app, dynos.ofType(c.var.app, c.req.param("type")));
    return c.json({}, 202);
  });

  routes.post("/apps/:app/dynos/:dyno/actions/stop", inApp, async (c) => {
    await dynos.stop(c.var.app, dynos.named(c.var.app, c.req.param("dyno")));
    return c.json({}, 202);
  });

  routes.post("/apps/:app/formations/:type/actions/stop", inApp, async (c) => {
    await dynos.stop(c.var.app, dynos.ofType(c.var.app, c.req.param("type")));
    return c.json({}, 202);
  });

  return routes;
}

function dynoView(platform: Platform, dyno: DynoRecord) {
  return {
    ...timed(dyno),
    app: appRefOf(platform, dyno.appId),
    attach_url: dyno.attachUrl,
    command: dyno.command,
    name: dyno.name,
    release: { id: dyno.releaseId, version: dyno.releaseVersion },
    size: dyno.size,
    state: dyno.state,
    type: dyno.type,
  };
}
