import { Hono } from "hono";
import * as v from "valibot";
import { ACCOUNT_FEATURES, APP_FEATURES, type FeatureEntry } from "../../catalog/features";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { Store } from "../../store/store";
import { birth } from "../core";
import type { Platform } from "../platform";
import { EVER, time } from "./views";

const UpdateBody = v.object({ enabled: v.boolean() });

/** Whether a feature is on for an app or an account. */
export function isFeatureEnabled(store: Store, ownerId: string, name: string): boolean {
  return recordOf(store, ownerId, name)?.enabled ?? false;
}

/** Routes of Heroku's resources "app feature" and "account feature". */
export function featureRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { store } = platform.core;
  const appId = (account: ApiEnv["Variables"]["account"], app: string) => platform.lookup.app(account, app).id;

  routes.get("/apps/:app/features", (c) => {
    const owner = appId(c.var.account, c.req.param("app"));
    return reply(
      c,
      APP_FEATURES.map((entry) => view(store, owner, entry)),
      ["name"],
    );
  });
  routes.get("/apps/:app/features/:feature", (c) => {
    const owner = appId(c.var.account, c.req.param("app"));
    return c.json(view(store, owner, find(APP_FEATURES, c.req.param("feature"))));
  });
  routes.patch("/apps/:app/features/:feature", async (c) => {
    const owner = appId(c.var.account, c.req.param("app"));
    const entry = find(APP_FEATURES, c.req.param("feature"));
    set(platform, owner, entry, (await readBody(c, UpdateBody)).enabled);
    return c.json(view(store, owner, entry));
  });

  routes.get("/account/features", (c) => {
    return reply(
      c,
      ACCOUNT_FEATURES.map((entry) => view(store, c.var.account.id, entry)),
      ["name"],
    );
  });
  routes.get("/account/features/:feature", (c) => {
    return c.json(view(store, c.var.account.id, find(ACCOUNT_FEATURES, c.req.param("feature"))));
  });
  routes.patch("/account/features/:feature", async (c) => {
    const entry = find(ACCOUNT_FEATURES, c.req.param("feature"));
    set(platform, c.var.account.id, entry, (await readBody(c, UpdateBody)).enabled);
    return c.json(view(store, c.var.account.id, entry));
  });
  return routes;
}

function view(store: Store, ownerId: string, entry: FeatureEntry) {
  const record = recordOf(store, ownerId, entry.name);
  return {
    ...EVER,
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

function set(platform: Platform, ownerId: string, entry: FeatureEntry, enabled: boolean): void {
  const features = platform.core.store.collection("features");
  const before = recordOf(platform.core.store, ownerId, entry.name);
  const fresh = before ?? { ...birth(platform.core), ownerId, name: entry.name };
  features.put({ ...fresh, enabled, updatedAt: platform.core.clock.timestamp() });
}

function recordOf(store: Store, ownerId: string, name: string) {
  return store
    .collection("features")
    .by("owner", ownerId)
    .find((record) => record.name === name);
}

function find(entries: readonly FeatureEntry[], idOrName: string): FeatureEntry {
  const entry = entries.find(({ id, name }) => id === idOrName || name === idOrName);
  if (entry === undefined) throw notFound("feature");
  return entry;
}
