import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findAddonService, planOf } from "../../catalog/addon-services";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { HerokuError, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, AttachmentRecord } from "../../store/entities";
import { attachmentVars } from "../config-vars";
import type { Platform } from "../platform";
import { planView } from "./addon-services";
import { addonRef, appRef, timed } from "./views";

const FIELDS = ["name", "id"] as const;
const KIND = "add on attachment";

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

/** An attachment as Heroku shows it; `inclusion` is the `Accept-Inclusion` header. */
export function attachmentView(platform: Platform, attachment: AttachmentRecord, inclusion = "") {
  const { store, url } = platform.core;
  const apps = store.collection("apps");
  const addon = store.collection("addons").get(attachment.addonId);
  const reference = addon
    ? addonRef(addon, apps.get(addon.appId))
    : { id: attachment.addonId, name: "", app: appRef(undefined) };
  const names = Object.keys(attachmentVars(store, attachment));
  return {
    ...timed(attachment),
    addon: addon && inclusion.includes("addon:plan") ? { ...reference, plan: planView(planOf(addon)) } : reference,
    app: appRef(apps.get(attachment.appId)),
    log_input_url: null,
    name: attachment.name,
    namespace: attachment.namespace,
    web_url: `${url}/addons/${attachment.addonId}`,
    ...(inclusion.includes("config_vars")
      ? { config_vars: names.length > 0 ? names : [`${attachment.name}_URL`] }
      : {}),
  };
}

/** Routes of Heroku's resource "add-on attachment". */
export function addonAttachmentRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { attachments, lookup } = platform;
  const { store } = platform.core;
  const all = store.collection("attachments");
  const show = (c: Context<ApiEnv>) => (row: AttachmentRecord) =>
    attachmentView(platform, row, c.req.header("Accept-Inclusion"));
  const mine = (account: AccountRecord) => {
    const apps = new Set(lookup.apps(account).map(({ id }) => id));
    return all.all().filter(({ appId }) => apps.has(appId));
  };
  const find = (account: AccountRecord, id: string) => {
    const row = mine(account).find((candidate) => candidate.id === id);
    if (row === undefined) throw notFound(KIND);
    return row;
  };

  routes.post("/addon-attachments", async (c) => {
    const body = await readBody(c, CreateBody);
    const app = lookup.app(c.var.account, body.app);
    const addon = lookup.addon(c.var.account, body.addon);
    const row = store.transaction(() =>
      attachments.attach(
        app,
        addon,
        { name: body.name ?? undefined, namespace: body.namespace, confirm: body.confirm ?? undefined },
        c.var.account,
      ),
    );
    return c.json(show(c)(row), 201);
  });

  routes.get("/addon-attachments", (c) => reply(c, mine(c.var.account).map(show(c)), FIELDS));
  routes.get("/addon-attachments/:id", (c) => c.json(show(c)(find(c.var.account, c.req.param("id")))));

  routes.delete("/addon-attachments/:id", (c) => {
    const row = find(c.var.account, c.req.param("id"));
    const before = show(c)(row);
    store.transaction(() => attachments.detach(row, c.var.account));
    return c.json(before);
  });

  routes.get("/apps/:app/addon-attachments", (c) => {
    return reply(c, all.by("app", lookup.app(c.var.account, c.req.param("app")).id).map(show(c)), FIELDS);
  });
  routes.get("/apps/:app/addon-attachments/:id", (c) => {
    const wanted = c.req.param("id");
    const rows = all.by("app", lookup.app(c.var.account, c.req.param("app")).id);
    const row = rows.find(({ id, name }) => id === wanted || name === wanted);
    if (row === undefined) throw notFound(KIND);
    return c.json(show(c)(row));
  });
  routes.get("/addons/:addon/addon-attachments", (c) => {
    return reply(c, attachments.of(lookup.addon(c.var.account, c.req.param("addon")).id).map(show(c)), FIELDS);
  });

  routes.post("/actions/addon-attachments/resolve", async (c) => {
    const body = await readBody(c, ResolveBody);
    const app = body.app ? lookup.app(c.var.account, body.app) : undefined;
    const service = body.addon_service ? findAddonService(body.addon_service) : undefined;
    const found = mine(c.var.account).filter((row) => {
      if (app && row.appId !== app.id) return false;
      const addon = store.collection("addons").get(row.addonId);
      if (body.addon_service && addon?.serviceName !== service?.name) return false;
      const names = [
        row.id,
        row.name,
        `${row.name}_URL`,
        ...Object.keys(attachmentVars(store, row)),
        addon?.name,
        addon?.id,
      ];
      return names.includes(body.addon_attachment);
    });
    if (found.length === 0) throw notFound(KIND);
    // The add-on's own name finds each of its attachments; without one, the attachment's name must be unambiguous.
    if (found.length > 1 && new Set(found.map(({ addonId }) => addonId)).size > 1) {
      throw new HerokuError(422, "multiple_matches", "Ambiguous identifier; multiple matching add-ons found.");
    }
    return c.json(found.map(show(c)));
  });
  return routes;
}
