import { type Context, Hono } from "hono";
import * as v from "valibot";
import { planOf } from "../../catalog/addon-services";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import { reply } from "../../http/range";
import type { AttachmentRecord } from "../../store/entities";
import { attachmentVarNames } from "../config-vars";
import type { Platform } from "../platform";
import { planView } from "./addon-services";
import { addonRef, appRef, appRefOf, timed } from "./views";

const FIELDS = ["name", "id"] as const;

const CreateBody = v.object({
  addon: reference,
  app: reference,
  confirm: optional(v.string()),
  name: optional(v.string()),
  namespace: optional(v.string()),
});
const ResolveBody = v.object({
  addon_attachment: v.string(),
  app: optional(reference),
  addon_service: optional(reference),
});

/** Routes of Heroku's resource "add-on attachment". */
export function addonAttachmentRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { attachments, lookup } = platform;
  const { store } = platform.core;
  const inApp = findApp(lookup);
  const view = (c: Pick<Context, "req">) => (row: AttachmentRecord) =>
    attachmentView(platform, row, originOf(c), c.req.header("Accept-Inclusion"));
  const find = (c: Context<ApiEnv>, id: string) => attachments.findGlobally(c.var.account, id);

  routes.post("/addon-attachments", async (c) => {
    const { addon, app, ...request } = await readBody(c, CreateBody);
    const { account } = c.var;
    const target = lookup.app(account, app);
    const attached = lookup.addon(account, addon);
    const row = store.transaction(() => attachments.attach(target, attached, request, account));
    return c.json(view(c)(row), 201);
  });

  routes.get("/addon-attachments", (c) => {
    return reply(c, attachments.ofAccount(c.var.account).map(view(c)), FIELDS);
  });

  routes.get("/addon-attachments/:id", (c) => c.json(view(c)(find(c, c.req.param("id")))));

  routes.delete("/addon-attachments/:id", (c) => {
    const row = find(c, c.req.param("id"));
    const before = view(c)(row);
    store.transaction(() => attachments.detach(row, c.var.account));
    return c.json(before);
  });

  routes.get("/apps/:app/addon-attachments", inApp, (c) => {
    return reply(c, attachments.ofApp(c.var.app).map(view(c)), FIELDS);
  });

  routes.get("/apps/:app/addon-attachments/:id", inApp, (c) => {
    const row = attachments.find(attachments.ofApp(c.var.app), c.req.param("id"), "id or name");
    return c.json(view(c)(row));
  });

  routes.get("/addons/:addon/addon-attachments", (c) => {
    const addon = lookup.addon(c.var.account, c.req.param("addon"));
    return reply(c, attachments.of(addon.id).map(view(c)), FIELDS);
  });

  routes.post("/actions/addon-attachments/resolve", async (c) => {
    const body = await readBody(c, ResolveBody);
    const { account } = c.var;
    const app = body.app ? lookup.app(account, body.app) : undefined;
    const found = attachments.resolve(account, body.addon_attachment, app, body.addon_service);
    return c.json(found.map(view(c)));
  });

  return routes;
}

/** An attachment as Heroku shows it; `inclusion` is the `Accept-Inclusion` header. */
function attachmentView(platform: Platform, attachment: AttachmentRecord, origin: string, inclusion = "") {
  const { store } = platform.core;
  const addon = store.collection("addons").get(attachment.addonId);
  const ref = addon
    ? addonRef(addon, store.collection("apps").get(addon.appId))
    : { id: attachment.addonId, name: "", app: appRef(undefined) };
  return {
    ...timed(attachment),
    addon: addon && inclusion.includes("addon:plan") ? { ...ref, plan: planView(planOf(addon)) } : ref,
    app: appRefOf(platform, attachment.appId),
    log_input_url: null,
    name: attachment.name,
    namespace: attachment.namespace,
    web_url: `${origin}/addons/${attachment.addonId}`,
    ...(inclusion.includes("config_vars") ? { config_vars: attachmentVarNames(store, attachment) } : {}),
  };
}
