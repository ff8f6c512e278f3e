import { Hono } from "hono";
import * as v from "valibot";
import { ACCOUNT_FEATURES, APP_FEATURES, type FeatureEntry } from "../../catalog/features";
import { flag, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { Platform } from "../platform";
import { CATALOG_TIMES, time } from "./views";

const FIELDS = ["name"] as const;

const UpdateBody = v.object({ enabled: flag });

/** Routes of Heroku's resources "app feature" and "account feature". */
export function featureRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { features, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (ownerId: string) => (entry: FeatureEntry) => featureView(platform, entry, ownerId);

  routes.get("/apps/:app/features", inApp, (c) => reply(c, APP_FEATURES.map(view(c.var.app.id)), FIELDS));

  routes.get("/apps/:app/features/:feature", inApp, (c) => {
    return c.json(view(c.var.app.id)(features.find(APP_FEATURES, c.req.param("feature"))));
  });

  routes.patch("/apps/:app/features/:feature", inApp, async (c) => {
    const entry = features.find(APP_FEATURES, c.req.param("feature"));
    const { enabled } = await readBody(c, UpdateBody);
    features.change(c.var.app.id, entry, enabled);
    return c.json(view(c.var.app.id)(entry));
  });

  routes.get("/account/features", (c) => reply(c, ACCOUNT_FEATURES.map(view(c.var.account.id)), FIELDS));

  routes.get("/account/features/:feature", (c) => {
    return c.json(view(c.var.account.id)(features.find(ACCOUNT_FEATURES, c.req.param("feature"))));
  });

  routes.patch("/account/features/:feature", async (c) => {
    const entry = features.find(ACCOUNT_FEATURES, c.req.param("feature"));
    const { enabled } = await readBody(c, UpdateBody);
    features.change(c.var.account.id, entry, enabled);
    return c.json(view(c.var.account.id)(entry));
  });

  return routes;
}

function featureView({ features }: Platform, entry: FeatureEntry, ownerId: string) {
  const record = features.record(ownerId, entry);
  return {
    ...CATALOG_TIMES,
    ...(record ? { created_at: time(record.createdAt), updated_at: time(record.updatedAt) } : {}),
    description: entry.description,
    display_name: entry.displayName,
    doc_url: entry.docUrl,
    enabled: record?.enabled ?? false,
    feedback_email: "feedback@heroku.com",
    id: entry.id,
    name: entry.name,
    state: entry.state,
  };
}
