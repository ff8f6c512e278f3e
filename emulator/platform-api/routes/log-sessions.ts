import { Hono } from "hono";
import * as v from "valibot";
import { LOG_STREAMS } from "../../contract";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import type { LogSessionRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

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
  const { logSessions, lookup } = platform;
  const inApp = findApp(lookup);

  routes.post("/apps/:app/log-sessions", inApp, async (c) => {
    const { dyno_name, dyno = dyno_name, ...request } = await readBody(c, CreateBody);
    return c.json(logSessionView(logSessions.create(c.var.app, { ...request, dyno }), originOf(c)), 201);
  });

  return routes;
}

function logSessionView(session: LogSessionRecord, origin: string) {
  return { ...timed(session), logplex_url: `${origin}${LOG_STREAMS}${session.id}` };
}
