import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findAddonService, planOf } from "../../catalog/addon-services";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import type { AddonRecord } from "../../store/entities";
import { attachmentVarNames } from "../config-vars";
import type { Platform } from "../platform";
import { addonServiceView, planView, priceView } from "./addon-services";
import { appRefOf, timed } from "./views";

const FIELDS = ["name", "id"] as const;

const CreateBody = v.object({
  plan: reference,
  name: optional(v.string()),
  config: optional(v.record(v.string(), v.pipe(v.union([v.string(), v.boolean(), v.number()]), v.transform(String)))),
  confirm: optional(v.string()),
  attachment: optional(v.object({ name: optional(v.string()) })),
});
const UpdateBody = v.object({ plan: optional(reference), name: optional(v.string()) });
const ResolveBody = v.object({ addon: v.string(), app: optional(reference), addon_service: optional(reference) });

/** Routes of Heroku's resource "add-on". */
export function addonRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { addons, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (c: Pick<Context, "req">) => (addon: AddonRecord) =>
    addonView(platform, addon, originOf(c), c.req.header("Accept-Expansion"));
  const list = (c: Context<ApiEnv>) => reply(c, lookup.addons(c.var.account).map(view(c)), FIELDS);

  routes.get("/addons", list);

  routes.get("/users/:user/addons", list);

  routes.get("/teams/:team/addons", (c) => {
    return reply(c, addons.ofTeam(c.var.account, c.req.param("team")).map(view(c)), FIELDS);
  });

  routes.get("/apps/:app/addons", inApp, (c) => {
    return reply(c, addons.ofApp(c.var.account, c.var.app).map(view(c)), FIELDS);
  });

  routes.post("/apps/:app/addons", inApp, async (c) => {
    const { attachment, ...request } = await readBody(c, CreateBody);
    const addon = addons.create(c.var.app, { ...request, attachmentName: attachment?.name }, c.var.account);
    return c.json(view(c)(addon), 201);
  });

  routes.get("/addons/:addon", (c) => c.json(view(c)(lookup.addon(c.var.account, c.req.param("addon")))));

  routes.get("/apps/:app/addons/:addon", inApp, (c) => {
    return c.json(view(c)(lookup.addon(c.var.account, c.req.param("addon"), c.var.app)));
  });

  routes.patch("/apps/:app/addons/:addon", inApp, async (c) => {
    const addon = lookup.addon(c.var.account, c.req.param("addon"), c.var.app);
    const { plan, name } = await readBody(c, UpdateBody);
    return c.json(view(c)(addons.change(addon, plan || undefined, name || undefined)));
  });

  routes.delete("/apps/:app/addons/:addon", inApp, (c) => {
    const addon = lookup.addon(c.var.account, c.req.param("addon"), c.var.app);
    const before = view(c)(addon);
    return c.json({ ...before, state: addons.remove(addon, c.var.account).state });
  });

  routes.post("/actions/addons/resolve", async (c) => {
    const { addon, app, addon_service } = await readBody(c, ResolveBody);
    const { account } = c.var;
    const found = addons.resolve(account, addon, app ? lookup.app(account, app) : undefined, addon_service);
    return c.json(found.map(view(c)));
  });

  return routes;
}

/** An add-on as Heroku shows it; `expansion` is the `Accept-Expansion` header. */
function addonView(platform: Platform, addon: AddonRecord, origin: string, expansion = "") {
  const { store } = platform.core;
  const app = appRefOf(platform, addon.appId);
  const service = findAddonService(addon.serviceName);
  const plan = planOf(addon);
  const attachments = platform.attachments.of(addon.id).filter(({ appId }) => appId === addon.appId);
  return {
    ...timed(addon),
    actions: [],
    addon_service:
      service && expansion.includes("addon_service")
        ? addonServiceView(service)
        : { id: service?.id ?? "", name: addon.serviceName },
    app,
    billed_price: priceView(plan),
    billing_entity: { ...app, type: "app" },
    config_vars: attachments.flatMap((attachment) => attachmentVarNames(store, attachment)),
    name: addon.name,
    plan: /\bplan\b/.test(expansion) ? planView(plan) : { id: plan.id, name: `${addon.serviceName}:${addon.planName}` },
    provider_id: derivedId("provider", addon.id),
    ...(addon.provisionMessage === null ? {} : { provision_message: addon.provisionMessage }),
    state: addon.state === "deprovisioning" ? "deprovisioned" : addon.state,
    web_url: `${origin}/addons/${addon.id}`,
  };
}
