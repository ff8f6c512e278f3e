import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { AccountRecord, TeamMemberRecord, TeamRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

const FIELDS = ["name", "id"] as const;
const MEMBER_FIELDS = ["email", "id"] as const;

const CreateBody = v.object({ name: v.string() });
const MemberBody = v.object({
  email: v.string(),
  role: v.picklist(["admin", "member", "viewer"], "Role must be admin, member or viewer."),
  federated: optional(v.boolean()),
});

/** Routes of Heroku's resources "team" and "team member". */
export function teamRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { lookup, teams } = platform;
  const view = (account: AccountRecord) => (team: TeamRecord) => teamView(platform, team, account);
  const memberView = (member: TeamMemberRecord) => teamMemberView(platform, member);

  routes.get("/teams", (c) => reply(c, teams.of(c.var.account).map(view(c.var.account)), FIELDS));

  routes.post("/teams", async (c) => {
    const { name } = await readBody(c, CreateBody);
    return c.json(view(c.var.account)(teams.create(c.var.account, name)), 201);
  });

  routes.get("/teams/:team", (c) => {
    return c.json(view(c.var.account)(lookup.team(c.var.account, c.req.param("team"))));
  });

  routes.get("/teams/:team/members", (c) => {
    const team = lookup.team(c.var.account, c.req.param("team"));
    return reply(c, teams.membersOf(team).map(memberView), MEMBER_FIELDS);
  });

  const putMember = async (c: Context<ApiEnv>, wanted: string) => {
    const team = teams.requireAdmin(c.var.account, wanted);
    const { email, role, federated } = await readBody(c, MemberBody);
    return memberView(teams.putMember(team, email, role, federated));
  };

  routes.put("/teams/:team/members", async (c) => c.json(await putMember(c, c.req.param("team")), 201));

  routes.post("/teams/:team/members", async (c) => c.json(await putMember(c, c.req.param("team")), 201));

  routes.patch("/teams/:team/members", async (c) => c.json(await putMember(c, c.req.param("team"))));

  routes.delete("/teams/:team/members/:member", (c) => {
    const team = teams.requireAdmin(c.var.account, c.req.param("team"));
    const member = teams.findMember(team, c.req.param("member"));
    teams.removeMember(team, member);
    return c.json(memberView(member));
  });

  return routes;
}

function teamView({ teams }: Platform, team: TeamRecord, account: AccountRecord) {
  return {
    ...timed(team),
    credit_card_collections: false,
    default: account.defaultTeamId === team.id,
    enterprise_account: null,
    identity_provider: null,
    membership_limit: null,
    name: team.name,
    provisioned_licenses: false,
    role: teams.roleOf(account, team),
    type: team.type,
  };
}

function teamMemberView({ core }: Platform, member: TeamMemberRecord) {
  const account = core.store.collection("accounts").get(member.accountId);
  const email = account?.email ?? "";
  return {
    ...timed(member),
    email,
    federated: member.federated,
    identity_provider: null,
    role: member.role,
    two_factor_authentication: false,
    user: { email, id: member.accountId, name: account?.name ?? null },
  };
}
