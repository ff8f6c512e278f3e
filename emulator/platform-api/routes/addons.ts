import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findAddonService, planOf } from "../../catalog/addon-services";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { HerokuError, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import { derivedId } from "../../ids";
import type { AddonRecord } from "../../store/entities";
import { attachmentVars } from "../config-vars";
import type { Platform } from "../platform";
import { addonServiceView, planView, priceView } from "./addon-services";
import { appRef, timed } from "./views";

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

/** An add-on as Heroku shows it; `expansion` is the `Accept-Expansion` header. */
export function addonView(platform: Platform, addon: AddonRecord, expansion = "") {
  const { store, url } = platform.core;
  const app = store.collection("apps").get(addon.appId);
  const service = findAddonService(addon.serviceName);
  const plan = planOf(addon);
  const attachments = store
    .collection("attachments")
    .by("addon", addon.id)
    .filter(({ appId }) => appId === addon.appId);
  const vars = attachments.flatMap((attachment) => {
    const names = Object.keys(attachmentVars(store, attachment));
    return names.length > 0 ? names : [`${attachment.name}_URL`];
  });
  return {
    ...timed(addon),
    actions: [],
    addon_service:
      service && expansion.includes("addon_service")
        ? addonServiceView(service)
        : { id: service?.id ?? "", name: addon.serviceName },
    app: appRef(app),
    billed_price: priceView(plan),
    billing_entity: { ...appRef(app), type: "app" },
    config_vars: vars,
    name: addon.name,
    plan: /\bplan\b/.test(expansion) ? planView(plan) : { id: plan.id, name: `${addon.serviceName}:${addon.planName}` },
    provider_id: derivedId("provider", addon.id),
    ...(addon.provisionMessage === null ? {} : { provision_message: addon.provisionMessage }),
    state: addon.state === "deprovisioning" ? "deprovisioned" : addon.state,
    web_url: `${url}/addons/${addon.id}`,
  };
}

/** Routes of Heroku's resource "add-on". */
export function addonRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { addons, lookup } = platform;
  const { store } = platform.core;
  const show = (c: Context<ApiEnv>) => (addon: AddonRecord) =>
    addonView(platform, addon, c.req.header("Accept-Expansion"));
  const listAll = (c: Context<ApiEnv>) => {
    return reply(c, lookup.addons(c.var.account).map(show(c)), FIELDS);
  };

  routes.get("/addons", listAll);
  routes.get("/users/:user/addons", listAll);
  routes.get("/teams/:team/addons", (c) => {
    const apps = lookup.teamAppIds(c.var.account, c.req.param("team"));
    return reply(
      c,
      lookup
        .addons(c.var.account)
        .filter(({ appId }) => apps.has(appId))
        .map(show(c)),
      FIELDS,
    );
  });

  routes.get("/apps/:app/addons", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const attached = store
      .collection("attachments")
      .by("app", app.id)
      .map(({ addonId }) => addonId);
    const billed = store
      .collection("addons")
      .by("app", app.id)
      .map(({ id }) => id);
    const ids = new Set([...billed, ...attached]);
    return reply(
      c,
      lookup
        .addons(c.var.account)
        .filter(({ id }) => ids.has(id))
        .map(show(c)),
      FIELDS,
    );
  });

  routes.post("/apps/:app/addons", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, CreateBody);
    const addon = addons.create(
      app,
      {
        plan: body.plan,
        name: body.name ?? undefined,
        config: body.config ?? undefined,
        attachmentName: body.attachment?.name ?? undefined,
        confirm: body.confirm ?? undefined,
      },
      c.var.account,
    );
    return c.json(show(c)(addon), 201);
  });

  routes.get("/addons/:addon", (c) => c.json(show(c)(lookup.addon(c.var.account, c.req.param("addon")))));
  routes.get("/apps/:app/addons/:addon", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    return c.json(show(c)(lookup.addon(c.var.account, c.req.param("addon"), app)));
  });

  routes.patch("/apps/:app/addons/:addon", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const addon = lookup.addon(c.var.account, c.req.param("addon"), app);
    const body = await readBody(c, UpdateBody);
    return c.json(show(c)(addons.change(addon, body.plan || undefined, body.name || undefined)));
  });

  routes.delete("/apps/:app/addons/:addon", (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const addon = lookup.addon(c.var.account, c.req.param("addon"), app);
    const before = show(c)(addon);
    return c.json({ ...before, state: addons.destroy(addon, c.var.account).state });
  });

  routes.post("/actions/addons/resolve", async (c) => {
    const body = await readBody(c, ResolveBody);
    const app = body.app ? lookup.app(c.var.account, body.app) : undefined;
    const found = lookup.addons(c.var.account).filter((addon) => {
      if (body.addon_service && addon.serviceName !== findAddonService(body.addon_service)?.name) return false;
      if (addon.id === body.addon || addon.name === body.addon) return true;
      const attachments = store.collection("attachments").by("addon", addon.id);
      const names = attachments.flatMap(({ appId, name }) => (appId === app?.id ? [name, `${name}_URL`] : []));
      // `heroku addons:upgrade heroku-redis:premium-0` names the service.
      if (addon.serviceName === body.addon) return app === undefined || names.length > 0;
      return names.includes(body.addon);
    });
    if (found.length === 0) throw notFound("add-on");
    if (found.length > 1)
      throw new HerokuError(422, "multiple_matches", "Ambiguous identifier; multiple matching add-ons found.");
    return c.json(found.map(show(c)));
  });
  return routes;
}
