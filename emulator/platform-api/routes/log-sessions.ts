import { Hono } from "hono";
import * as v from "valibot";
import { LOG_STREAMS } from "../../contract";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { birth } from "../core";
import type { Platform } from "../platform";
import { timed } from "./views";

/** Logplex keeps no more lines (Dev Center, "Logging"). */
const MOST_LINES = 1_500;
const DEFAULT_LINES = 100;

const CreateBody = v.object({
  dyno: optional(v.string()),
  dyno_name: optional(v.string()),
  type: optional(v.string()),
  source: optional(v.string()),
  lines: optional(v.pipe(v.number(), v.integer(), v.minValue(0, "Lines must not be negative."))),
  tail: optional(v.boolean()),
});

/** Routes of Heroku's resource "log session". */
export function logSessionRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { store, url } = platform.core;

  routes.post("/apps/:app/log-sessions", async (c) => {
    const app = platform.lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, CreateBody);
    const session = store.collection("logSessions").put({
      ...birth(platform.core),
      appId: app.id,
      lines: Math.min(body.lines ?? DEFAULT_LINES, MOST_LINES),
      tail: body.tail ?? false,
      dyno: body.dyno ?? body.dyno_name ?? null,
      type: body.type ?? null,
      source: body.source ?? null,
    });
    return c.json({ ...timed(session), logplex_url: `${url}${LOG_STREAMS}${session.id}` }, 201);
  });
  return routes;
}
