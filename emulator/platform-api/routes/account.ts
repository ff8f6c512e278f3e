import { type Context, Hono } from "hono";
import type { Api, ApiEnv } from "../../http/context";
import { notFound } from "../../http/errors";
import type { AccountRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

/** Routes of Heroku's resources "account" and "rate limit". */
export function accountRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { rateLimits } = platform;
  const show = (c: Context<ApiEnv>) => c.json(accountView(platform, c.var.account));

  routes.get("/account", show);

  routes.get("/users/:user", (c) => {
    const wanted = c.req.param("user");
    if (!["~", c.var.account.id, c.var.account.email].includes(wanted)) throw notFound("user");
    return show(c);
  });

  routes.get("/account/rate-limits", (c) => c.json({ remaining: rateLimits.remaining(c.var.account.id) }));

  return routes;
}

function accountView({ core }: Platform, account: AccountRecord) {
  const team = account.defaultTeamId === null ? undefined : core.store.collection("teams").get(account.defaultTeamId);
  const teamRef = team ? { id: team.id, name: team.name } : null;
  return {
    ...timed(account),
    allow_tracking: false,
    beta: false,
    country_of_residence: null,
    default_organization: teamRef,
    default_team: teamRef,
    delinquent_at: null,
    email: account.email,
    federated: false,
    identity_provider: null,
    last_login: null,
    name: account.name,
    sms_number: null,
    suspended_at: null,
    two_factor_authentication: false,
    verified: true,
  };
}
