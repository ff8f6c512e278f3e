import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import { findApp } from "../../http/find-resource";
import { reply } from "../../http/range";
import type { AppRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { appView } from "./apps";

const FIELDS = ["name", "id"] as const;

const CreateBody = v.object({
  name: optional(v.string()),
  team: optional(reference),
  personal: optional(v.boolean()),
  region: optional(reference),
  stack: optional(reference),
  space: optional(reference),
  locked: optional(v.boolean()),
  internal_routing: optional(v.boolean()),
});
const UpdateBody = v.object({ locked: optional(v.boolean()), owner: optional(reference) });
const FilterBody = v.object({ in: optional(v.object({ id: optional(v.array(v.string())) })) });

/** Routes of Heroku's resources "team app" and "filter apps". */
export function teamAppRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { apps, lookup } = platform;
  const inApp = findApp(lookup);
  const view = (app: AppRecord) => teamAppView(platform, app);

  routes.post("/teams/apps", async (c) => {
    const { account } = c.var;
    const { team, personal, space, internal_routing: internalRouting, ...request } = await readBody(c, CreateBody);
    if (space) throw notFound("space");
    const ofDefaultTeam = personal ? undefined : (account.defaultTeamId ?? undefined);
    const teamId = team ? lookup.team(account, team).id : ofDefaultTeam;
    return c.json(view(apps.create(account, { ...request, teamId, internalRouting })), 201);
  });

  routes.get("/teams/apps/:app", inApp, (c) => c.json(view(c.var.app)));

  routes.patch("/teams/apps/:app", inApp, async (c) => {
    const { locked, owner } = await readBody(c, UpdateBody);
    return c.json(view(apps.change(c.var.app, { locked, owner: owner || undefined })));
  });

  routes.get("/teams/:team/apps", (c) => {
    return reply(c, lookup.teamApps(c.var.account, c.req.param("team")).map(view), FIELDS);
  });

  routes.post("/filters/apps", async (c) => {
    const { in: wanted } = await readBody(c, FilterBody);
    const ids = new Set(wanted?.id ?? []);
    const rows = lookup.apps(c.var.account).filter(({ id }) => ids.has(id));
    return reply(c, rows.map(view), FIELDS);
  });

  return routes;
}

/** An app as its team sees it. */
function teamAppView(platform: Platform, app: AppRecord) {
  return { ...appView(platform, app), joined: true, locked: app.locked };
}
