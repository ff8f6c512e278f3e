import { Hono } from "hono";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { Platform } from "../platform";

/** Lists of what Local Heroku never has. Clients read them before other requests. */
export function emptyListRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, pipelines } = platform;
  const inApp = findApp(lookup);

  for (const path of ["/account/invoices", "/enterprise-accounts", "/oauth/sessions"]) {
    routes.get(path, (c) => reply(c, []));
  }

  for (const list of ["telemetry-drains", "webhook-deliveries", "webhook-events"]) {
    routes.get(`/apps/:app/${list}`, inApp, (c) => reply(c, []));
  }

  for (const list of ["features", "invitations"]) {
    routes.get(`/teams/:team/${list}`, (c) => {
      lookup.team(c.var.account, c.req.param("team"));
      return reply(c, []);
    });
  }

  routes.get("/teams/:team/features/:feature", (c) => {
    lookup.team(c.var.account, c.req.param("team"));
    throw notFound("feature");
  });

  routes.get("/pipelines/:pipeline/test-runs", (c) => {
    pipelines.find(c.var.account, c.req.param("pipeline"));
    return reply(c, []);
  });

  return routes;
}
