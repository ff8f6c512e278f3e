import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { WebhookRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appRefOf, timed } from "./views";

const Include = v.array(v.string());
const Level = v.picklist(["notify", "sync"], "Level must be notify or sync.");
const CreateBody = v.object({
  include: Include,
  level: Level,
  url: v.string(),
  secret: optional(v.string()),
  name: optional(v.string()),
  authorization: v.nullish(v.string(), null),
});
const UpdateBody = v.object({
  include: optional(Include),
  level: optional(Level),
  url: optional(v.string()),
  secret: optional(v.string()),
  name: optional(v.string()),
  authorization: v.nullish(v.string()),
});

/** Routes of Heroku's resource "app webhook". */
export function webhookRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, webhooks } = platform;
  const inApp = findApp(lookup);
  const view = (webhook: WebhookRecord) => webhookView(platform, webhook);

  routes.get("/apps/:app/webhooks", inApp, (c) => reply(c, webhooks.of(c.var.app).map(view)));

  routes.post("/apps/:app/webhooks", inApp, async (c) => {
    const body = await readBody(c, CreateBody);
    const webhook = webhooks.create(c.var.app, body);
    // Heroku shows a secret that it generated only once, in this header.
    if (!body.secret) c.header("Heroku-Webhook-Secret", webhook.secret);
    return c.json(view(webhook), 201);
  });

  routes.get("/apps/:app/webhooks/:webhook", inApp, (c) => {
    return c.json(view(webhooks.find(c.var.app, c.req.param("webhook"))));
  });

  routes.patch("/apps/:app/webhooks/:webhook", inApp, async (c) => {
    const webhook = webhooks.find(c.var.app, c.req.param("webhook"));
    return c.json(view(webhooks.change(webhook, await readBody(c, UpdateBody))));
  });

  routes.delete("/apps/:app/webhooks/:webhook", inApp, (c) => {
    const webhook = webhooks.find(c.var.app, c.req.param("webhook"));
    webhooks.remove(webhook);
    return c.json(view(webhook));
  });

  return routes;
}

function webhookView(platform: Platform, webhook: WebhookRecord) {
  const { appId, include, level, name, url } = webhook;
  return { ...timed(webhook), app: appRefOf(platform, appId), include, level, name, url };
}
