import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AppRecord, WebhookRecord } from "../../store/entities";
import { birth } from "../core";
import type { Platform } from "../platform";
import { appRef, timed } from "./views";

/** The events a webhook can be told of (Dev Center, "App Webhooks"). */
const EVENTS = [
  "api:addon",
  "api:addon-attachment",
  "api:app",
  "api:build",
  "api:collaborator",
  "api:domain",
  "api:dyno",
  "api:formation",
  "api:release",
  "api:sni-endpoint",
  "dyno",
] as const;

const Include = v.array(v.string());
const Level = v.picklist(["notify", "sync"], "Level must be notify or sync.");
const CreateBody = v.object({
  include: Include,
  level: Level,
  url: v.string(),
  secret: optional(v.string()),
  authorization: optional(v.string()),
});
const UpdateBody = v.object({
  include: optional(Include),
  level: optional(Level),
  url: optional(v.string()),
  secret: optional(v.string()),
  authorization: optional(v.string()),
});

/** Routes of Heroku's resource "app webhook": kept, shown and checked; nothing is delivered. */
export function webhookRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { clock, ids, store } = platform.core;
  const webhooks = store.collection("webhooks");
  const find = (app: AppRecord, id: string) => {
    const row = webhooks.get(id);
    if (row?.appId !== app.id) throw notFound("webhook");
    return row;
  };

  routes.get("/apps/:app/webhooks", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const rows = webhooks.by("app", app.id).map((row) => view(row, app));
    return reply(c, rows);
  });

  routes.post("/apps/:app/webhooks", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const { authorization, secret, ...body } = await readBody(c, CreateBody);
    requireAllowed(body);
    // A secret that Heroku makes is told once, in this header.
    const ownSecret = secret ?? ids.hex(64);
    if (!secret) c.header("Heroku-Webhook-Secret", ownSecret);
    const fresh = { ...birth(platform.core), appId: app.id, ...body };
    const row = webhooks.put({ ...fresh, secret: ownSecret, authorization: authorization ?? null });
    return c.json(view(row, app), 201);
  });

  routes.get("/apps/:app/webhooks/:webhook", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(view(find(app, c.req.param("webhook")), app));
  });

  routes.patch("/apps/:app/webhooks/:webhook", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = find(app, c.req.param("webhook"));
    const body = await readBody(c, UpdateBody);
    const changed = {
      ...row,
      include: body.include ?? row.include,
      level: body.level ?? row.level,
      url: body.url ?? row.url,
      secret: body.secret ?? row.secret,
      authorization: body.authorization === undefined ? row.authorization : body.authorization,
      updatedAt: clock.timestamp(),
    };
    requireAllowed(changed);
    return c.json(view(webhooks.put(changed), app));
  });

  routes.delete("/apps/:app/webhooks/:webhook", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const row = find(app, c.req.param("webhook"));
    webhooks.delete(row.id);
    return c.json(view(row, app));
  });
  return routes;
}

function view(row: WebhookRecord, app: AppRecord) {
  return { ...timed(row), app: appRef(app), include: row.include, level: row.level, url: row.url };
}

function requireAllowed({ include, url }: { readonly include: readonly string[]; readonly url: string }): void {
  const unknown = include.filter((event) => !EVENTS.some((known) => known === event));
  if (include.length === 0) throw invalidParams("Include must name at least one event.");
  if (unknown.length > 0) throw invalidParams(`Include has unknown events: ${unknown.join(", ")}.`);
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) throw invalidParams("Url is invalid.");
}
