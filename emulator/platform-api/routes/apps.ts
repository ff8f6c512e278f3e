import { type Context, Hono } from "hono";
import * as v from "valibot";
import { findRegion } from "../../catalog/regions";
import { findStack } from "../../catalog/stacks";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
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
  maintenance: optional(v.boolean()),
  build_stack: optional(reference),
});

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

/** Routes of Heroku's resource "app". */
export function appRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { apps, lookup } = platform;
  const list = (c: Context<ApiEnv>) => {
    const rows = lookup.apps(c.var.account).map((app) => appView(platform, app));
    return reply(c, rows, FIELDS);
  };

  routes.get("/apps", list);
  routes.get("/users/:user/apps", list);

  routes.post("/apps", async (c) => {
    const body = await readBody(c, CreateBody);
    const app = apps.create(c.var.account, {
      name: body.name ?? undefined,
      region: body.region ?? undefined,
      stack: body.stack ?? undefined,
      internalRouting: body.internal_routing ?? undefined,
    });
    return c.json(appView(platform, app), 201);
  });

  routes.get("/apps/:app", (c) => c.json(appView(platform, lookup.app(c.var.account, c.req.param("app")))));

  routes.patch("/apps/:app", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, UpdateBody);
    const changed = apps.change(app, {
      ...(body.name ? { name: body.name } : {}),
      ...(typeof body.maintenance === "boolean" ? { maintenance: body.maintenance } : {}),
      ...(body.build_stack ? { buildStack: body.build_stack } : {}),
    });
    return c.json(appView(platform, changed));
  });

  routes.delete("/apps/:app", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    await apps.destroy(app, c.var.account);
    return c.json(appView(platform, app));
  });

  for (const [method, acm] of [
    ["POST", true],
    ["PATCH", true],
    ["DELETE", false],
  ] as const) {
    routes.on(method, "/apps/:app/acm", (c) => {
      const app = lookup.app(c.var.account, c.req.param("app"));
      const changed = { ...app, acm, updatedAt: platform.core.clock.timestamp() };
      return c.json(appView(platform, platform.core.store.collection("apps").put(changed)));
    });
  }
  return routes;
}

function stackRef(name: string) {
  return { id: findStack(name)?.id ?? "", name };
}
