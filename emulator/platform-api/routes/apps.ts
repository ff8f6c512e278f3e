import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findRegion } from "../../catalog/regions";
import { findStack } from "../../catalog/stacks";
import { flag, optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { AppRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { GENERATION, time } from "./views";

const FIELDS = ["name", "id", "updated_at"] as const;

const CreateBody = v.object({
  name: optional(v.string()),
  region: optional(reference),
  stack: optional(reference),
  internal_routing: optional(v.boolean()),
});
const UpdateBody = v.object({
  name: optional(v.string()),
  maintenance: optional(flag),
  build_stack: optional(reference),
});

/** Routes of Heroku's resource "app". */
export function appRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { apps, domains, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (app: AppRecord) => appView(platform, app);
  const list = (c: Context<ApiEnv>) => reply(c, lookup.apps(c.var.account).map(view), FIELDS);

  routes.get("/apps", list);

  routes.get("/users/:user/apps", list);

  routes.post("/apps", async (c) => {
    const { internal_routing: internalRouting, ...request } = await readBody(c, CreateBody);
    return c.json(view(apps.create(c.var.account, { ...request, internalRouting })), 201);
  });

  routes.get("/apps/:app", inApp, (c) => c.json(view(c.var.app)));

  routes.patch("/apps/:app", inApp, async (c) => {
    const { name, maintenance, build_stack } = await readBody(c, UpdateBody);
    const changes = { name: name || undefined, maintenance, buildStack: build_stack || undefined };
    return c.json(view(apps.change(c.var.app, changes)));
  });

  routes.delete("/apps/:app", inApp, async (c) => {
    await apps.remove(c.var.app, c.var.account);
    return c.json(view(c.var.app));
  });

  routes.post("/apps/:app/acm", inApp, (c) => {
    domains.requireNoWildcards(c.var.app);
    return c.json(view(apps.change(c.var.app, { acm: true })));
  });

  // The CLI's certs:auto:refresh; there is never a certificate to issue again.
  routes.patch("/apps/:app/acm", inApp, (c) => c.json(view(c.var.app)));

  routes.delete("/apps/:app/acm", inApp, (c) => c.json(view(apps.change(c.var.app, { acm: false }))));

  return routes;
}

/** An app as Heroku shows it. */
export function appView(platform: Platform, app: AppRecord) {
  const { store, url } = platform.core;
  const owner = store.collection("accounts").get(app.ownerId);
  const team = app.teamId === null ? undefined : store.collection("teams").get(app.teamId);
  const teamRef = team ? { id: team.id, name: team.name } : null;
  return {
    // Spelled out: a spread of `timed(app)` makes lists of a thousand apps five times slower.
    id: app.id,
    created_at: time(app.createdAt),
    updated_at: time(app.updatedAt),
    acm: app.acm,
    archived_at: null,
    build_stack: stackRef(app.buildStackName),
    buildpack_provided_description: null,
    generation: GENERATION,
    git_url: `https://git.heroku.com/${app.name}.git`,
    internal_routing: app.internalRouting,
    maintenance: app.maintenance,
    name: app.name,
    organization: teamRef,
    owner: team
      ? { id: team.id, email: `${team.name}@herokumanager.com` }
      : { id: app.ownerId, email: owner?.email ?? "" },
    region: { id: findRegion(app.regionName)?.id ?? "", name: app.regionName },
    released_at: time(app.releasedAt),
    repo_size: null,
    slug_size: null,
    space: null,
    stack: stackRef(app.stackName),
    team: teamRef,
    web_url: `${url.replace("://", `://${app.name}.`)}/`,
  };
}

function stackRef(name: string) {
  return { id: findStack(name)?.id ?? "", name };
}
