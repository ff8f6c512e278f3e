import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AppRecord, LogDrainRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

const CreateBody = v.object({ url: v.string() });

/** Heroku's limit for an app (Dev Center, "Log Drains"). */
const MOST_DRAINS = 5;

/** Routes of Heroku's resource "log drain". */
export function logDrainRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const drains = platform.core.store.collection("logDrains");
  const find = (app: AppRecord, wanted: string) => {
    const row = drains.by("app", app.id).find(({ id, url, token }) => [id, url, token].includes(wanted));
    if (row === undefined) throw notFound("log drain", "No such drain exists.");
    return row;
  };

  routes.get("/apps/:app/log-drains", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return reply(
      c,
      drains.by("app", app.id).map((row) => view(row, app)),
      ["id", "token"],
    );
  });

  routes.post("/apps/:app/log-drains", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const { url } = await readBody(c, CreateBody);
    requireDrainUrl(url);
    const rows = drains.by("app", app.id);
    if (rows.some((row) => row.url === url)) throw invalidParams("Url has already been taken");
    if (rows.length >= MOST_DRAINS)
      throw invalidParams(`You've reached the limit of ${MOST_DRAINS} drains for this app.`);
    const row = drains.put({ ...birth(platform.core), appId: app.id, url, token: `d.${platform.core.ids.uuid()}` });
    return c.json(view(row, app), 201);
  });

  routes.get("/apps/:app/log-drains/:drain", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(view(find(app, c.req.param("drain")), app));
  });

  routes.delete("/apps/:app/log-drains/:drain", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = find(app, c.req.param("drain"));
    drains.delete(row.id);
    return c.json(view(row, app));
  });
  return routes;
}

function view(row: LogDrainRecord, app: AppRecord) {
  return { ...timed(row), addon: null, app: appRef(app), token: row.token, url: row.url };
}

function requireDrainUrl(url: string): void {
  const scheme = /^([a-z][a-z+]*):\/\/[^/]/.exec(url)?.[1];
  if (scheme === undefined || !["http", "https", "syslog", "syslog+tls"].includes(scheme) || !URL.canParse(url)) {
    throw invalidParams("Url is invalid; it must begin with https://, http://, syslog+tls:// or syslog://.");
  }
}
