import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findDynoSize } from "../../catalog/dyno-sizes";
import type { DynoRecord } from "../../contract";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AppRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const CreateBody = v.object({
  command: v.pipe(v.string(), v.minLength(1, "Command must not be empty.")),
  attach: optional(v.boolean()),
  env: optional(v.record(v.string(), v.string())),
  size: optional(v.string()),
  type: optional(v.string()),
  time_to_live: optional(v.number()),
});

/** Routes of Heroku's resource "dyno": list, run, restart, stop. */
export function dynoRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, releases } = platform;
  const { dynos } = platform.core.machines;
  const requireApp = (c: Context<ApiEnv>) => lookup.app(c.var.account, c.req.param("app") ?? "");
  const find = (app: AppRecord, idOrName: string) => {
    const dyno = dynos.list(app.id).find(({ id, name }) => id === idOrName || name === idOrName);
    if (dyno === undefined) throw notFound("dyno");
    return dyno;
  };
  const requireType = (app: AppRecord, type: string) => {
    const known = type in releases.processTypes(releases.current(app));
    if (!known) throw notFound("process type", `Couldn't find that process type (${type}).`);
    return { type };
  };

  routes.get("/apps/:app/dynos", (c) => {
    const app = requireApp(c);
    const rows = dynos.list(app.id).map((dyno) => view(dyno, app));
    return reply(c, rows, ["name", "id"]);
  });

  routes.get("/apps/:app/dynos/:dyno", (c) => {
    const app = requireApp(c);
    return c.json(view(find(app, c.req.param("dyno")), app));
  });

  routes.post("/apps/:app/dynos", async (c) => {
    const app = requireApp(c);
    const body = await readBody(c, CreateBody);
    if (Object.keys(releases.codeOf(releases.current(app)).images).length === 0) {
      throw invalidParams("Cannot run a one-off dyno: the app has no image yet.");
    }
    const dyno = await dynos.runOneOff(app.id, {
      command: body.command,
      env: body.env ?? {},
      ...(body.size ? { size: requireSize(body.size) } : {}),
      ...(body.type ? { type: body.type } : {}),
      ...(body.time_to_live ? { timeToLive: body.time_to_live } : {}),
    });
    const shown = view(dyno, app);
    return c.json(body.attach ? shown : { ...shown, attach_url: null }, 201);
  });

  routes.delete("/apps/:app/dynos", async (c) => {
    await dynos.restart(requireApp(c).id);
    return c.json({}, 202);
  });
  routes.delete("/apps/:app/dynos/:dyno", async (c) => {
    const app = requireApp(c);
    await dynos.restart(app.id, findOrType(app, c.req.param("dyno")));
    return c.json({}, 202);
  });
  routes.delete("/apps/:app/formations/:type", async (c) => {
    const app = requireApp(c);
    await dynos.restart(app.id, requireType(app, c.req.param("type")));
    return c.json({}, 202);
  });
  routes.post("/apps/:app/dynos/:dyno/actions/stop", async (c) => {
    const app = requireApp(c);
    await dynos.stop(app.id, findOrType(app, c.req.param("dyno")));
    return c.json({}, 202);
  });
  routes.post("/apps/:app/formations/:type/actions/stop", async (c) => {
    const app = requireApp(c);
    await dynos.stop(app.id, requireType(app, c.req.param("type")));
    return c.json({}, 202);
  });

  /** Older clients name a process type where newer ones have a route of its own. */
  function findOrType(app: AppRecord, wanted: string): { type: string } | { name: string } {
    if (wanted in releases.processTypes(releases.current(app))) return { type: wanted };
    return { name: find(app, wanted).name };
  }
  return routes;
}

function view(dyno: DynoRecord, app: AppRecord) {
  return {
    ...timed(dyno),
    app: appRef(app),
    attach_url: dyno.attachUrl,
    command: dyno.command,
    name: dyno.name,
    release: { id: dyno.releaseId, version: dyno.releaseVersion },
    size: dyno.size,
    state: dyno.state,
    type: dyno.type,
  };
}

function requireSize(name: string): string {
  const size = findDynoSize(name);
  if (size === undefined) throw invalidParams(`No such dyno size, got "${name}".`);
  return size.name;
}
