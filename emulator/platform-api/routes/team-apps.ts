import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { invalidParams, notFound } from "../../http/errors";
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
  const { clock, store } = platform.core;

  routes.post("/teams/apps", async (c) => {
    const { account } = c.var;
    const body = await readBody(c, CreateBody);
    if (body.space) throw notFound("space");
    const teamId = body.team ? lookup.team(account, body.team).id : body.personal ? null : account.defaultTeamId;
    const app = apps.create(account, {
      name: body.name ?? undefined,
      region: body.region ?? undefined,
      stack: body.stack ?? undefined,
      teamId: teamId ?? undefined,
      locked: body.locked ?? undefined,
      internalRouting: body.internal_routing ?? undefined,
    });
    return c.json(view(platform, app), 201);
  });

  routes.get("/teams/apps/:app", (c) => c.json(view(platform, lookup.app(c.var.account, c.req.param("app")))));

  routes.patch("/teams/apps/:app", async (c) => {
    const app = lookup.app(c.var.account, c.req.param("app"));
    const body = await readBody(c, UpdateBody);
    const moved = body.owner ? { ...app, ...newOwner(platform, app, body.owner) } : app;
    const changed = { ...moved, locked: body.locked ?? app.locked, updatedAt: clock.timestamp() };
    return c.json(view(platform, store.collection("apps").put(changed)));
  });

  routes.get("/teams/:team/apps", (c) => {
    const team = lookup.team(c.var.account, c.req.param("team"));
    const rows = store
      .collection("apps")
      .by("team", team.id)
      .map((app) => view(platform, app));
    return reply(c, rows, FIELDS);
  });

  routes.post("/filters/apps", async (c) => {
    const { in: wanted } = await readBody(c, FilterBody);
    const ids = new Set(wanted?.id ?? []);
    const rows = lookup.apps(c.var.account).filter(({ id }) => ids.has(id));
    return reply(
      c,
      rows.map((app) => view(platform, app)),
      FIELDS,
    );
  });
  return routes;
}

/** An app as its team sees it. */
function view(platform: Platform, app: AppRecord) {
  return { ...appView(platform, app), joined: true, locked: app.locked };
}

/** The fields of an app that goes to a team (by name or id) or a person (by e-mail or id). */
function newOwner({ core, lookup }: Platform, app: AppRecord, owner: string): Pick<AppRecord, "ownerId" | "teamId"> {
  const teams = core.store.collection("teams");
  const team = teams.get(owner) ?? teams.find("name", owner.replace(/@herokumanager\.com$/, ""));
  if (team) return { ownerId: app.ownerId, teamId: team.id };
  const account = lookup.account(owner);
  if (account === undefined) throw invalidParams(`Couldn't find the new owner ${owner}.`);
  return { ownerId: account.id, teamId: null };
}
