import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { forbidden, invalidParams, notFound } from "../../http/errors";
import { reply } from "../../http/range";
import type { AccountRecord, TeamMemberRecord, TeamRecord } from "../../store/entities";
import { birth } from "../core";
import { findOrInvite } from "../people";
import type { Platform } from "../platform";
import { timed } from "./views";

const CreateBody = v.object({ name: v.string() });
const MemberBody = v.object({
  email: v.string(),
  role: v.picklist(["admin", "member", "viewer"], "Role must be admin, member or viewer."),
  federated: optional(v.boolean()),
});

/** Routes of Heroku's resources "team" and "team member". */
export function teamRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup } = platform;
  const { clock, store } = platform.core;
  const teams = store.collection("teams");
  const members = store.collection("teamMembers");
  const rolesOf = (account: AccountRecord) => members.by("account", account.id);
  const show = (account: AccountRecord) => (team: TeamRecord) => ({
    ...timed(team),
    credit_card_collections: false,
    default: account.defaultTeamId === team.id,
    enterprise_account: null,
    identity_provider: null,
    membership_limit: null,
    name: team.name,
    provisioned_licenses: false,
    role: rolesOf(account).find(({ teamId }) => teamId === team.id)?.role ?? null,
    type: team.type,
  });
  const requireAdmin = (account: AccountRecord, idOrName: string) => {
    const team = lookup.team(account, idOrName);
    const role = rolesOf(account).find(({ teamId }) => teamId === team.id)?.role;
    if (role !== "admin") throw forbidden("You do not have access to perform this action on the team.");
    return team;
  };
  const find = (team: TeamRecord, wanted: string) => {
    const account = lookup.account(wanted);
    const row = members.by("team", team.id).find(({ id, accountId }) => id === wanted || accountId === account?.id);
    if (row === undefined) throw notFound("team member");
    return row;
  };

  routes.get("/teams", (c) => {
    const mine = rolesOf(c.var.account).flatMap(({ teamId }) => teams.get(teamId) ?? []);
    return reply(c, mine.map(show(c.var.account)), ["name", "id"]);
  });

  routes.post("/teams", async (c) => {
    const { name } = await readBody(c, CreateBody);
    if (!/^[a-z][a-z0-9-]{1,28}[a-z0-9]$/.test(name)) throw invalidParams("Name is invalid");
    if (teams.find("name", name)) throw invalidParams(`Name ${name} is already taken`);
    const team = store.transaction(() => {
      const created = teams.put({ ...birth(platform.core), name, type: "team" });
      const membership = { teamId: created.id, accountId: c.var.account.id, role: "admin", federated: false } as const;
      members.put({ ...birth(platform.core), ...membership });
      return created;
    });
    return c.json(show(c.var.account)(team), 201);
  });

  routes.get("/teams/:team", (c) => c.json(show(c.var.account)(lookup.team(c.var.account, c.req.param("team")))));

  routes.get("/teams/:team/members", (c) => {
    const team = lookup.team(c.var.account, c.req.param("team"));
    const rows = members.by("team", team.id).map((row) => memberView(platform, row));
    return reply(c, rows, ["email", "id"]);
  });

  const putMember = async (c: Context<ApiEnv>) => {
    const team = requireAdmin(c.var.account, c.req.param("team") ?? "");
    const body = await readBody(c, MemberBody);
    const row = store.transaction(() => {
      const account = findOrInvite(platform.core, body.email);
      const before = members.by("team", team.id).find(({ accountId }) => accountId === account.id);
      const fresh = {
        ...birth(platform.core),
        teamId: team.id,
        accountId: account.id,
        federated: body.federated ?? false,
      };
      return members.put({ ...fresh, ...before, role: body.role, updatedAt: clock.timestamp() });
    });
    return row;
  };
  routes.put("/teams/:team/members", async (c) => c.json(memberView(platform, await putMember(c)), 201));
  routes.post("/teams/:team/members", async (c) => c.json(memberView(platform, await putMember(c)), 201));
  routes.patch("/teams/:team/members", async (c) => c.json(memberView(platform, await putMember(c))));

  routes.delete("/teams/:team/members/:member", (c) => {
    const team = requireAdmin(c.var.account, c.req.param("team"));
    const row = find(team, c.req.param("member"));
    const admins = members.by("team", team.id).filter(({ role }) => role === "admin");
    if (row.role === "admin" && admins.length === 1) throw invalidParams("A team must have at least one admin.");
    members.delete(row.id);
    return c.json(memberView(platform, row));
  });
  return routes;
}

function memberView(platform: Platform, row: TeamMemberRecord) {
  const account = platform.core.store.collection("accounts").get(row.accountId);
  const email = account?.email ?? "";
  return {
    ...timed(row),
    email,
    federated: row.federated,
    identity_provider: null,
    role: row.role,
    two_factor_authentication: false,
    user: { email, id: row.accountId, name: account?.name ?? null },
  };
}
