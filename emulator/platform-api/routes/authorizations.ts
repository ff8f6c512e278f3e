import { type Context, Hono } from "hono";
import * as v from "valibot";
import { apiKey } from "../../http/auth";
import { optional, readBody, reference } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { AuthorizationRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

const BASE = "/oauth/authorizations";
const FIELDS = ["id"] as const;

const CreateBody = v.object({
  scope: optional(v.array(v.string())),
  client: optional(reference),
  description: optional(v.string()),
  expires_in: optional(v.pipe(v.number(), v.integer(), v.minValue(1, "Expires in must be a number of seconds."))),
});
const UpdateBody = v.object({ client: optional(reference), description: optional(v.string()) });

/** Routes of Heroku's resource "OAuth authorization". */
export function authorizationRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { authorizations, oauthClients } = platform;
  const view = (authorization: AuthorizationRecord) => authorizationView(platform, authorization);
  const find = (c: Context<ApiEnv>) =>
    authorizations.find(c.var.account, c.req.param("id") ?? "", apiKey(c.req.header("Authorization")) ?? "");
  const clientId = (c: Context<ApiEnv>, client: string | undefined) =>
    client === undefined ? undefined : oauthClients.find(c.var.account, client).id;

  routes.get(BASE, (c) => reply(c, authorizations.of(c.var.account).map(view), FIELDS));

  routes.post(BASE, async (c) => {
    const { scope = ["global"], client, description = "", expires_in } = await readBody(c, CreateBody);
    const fields = { scope, description, clientId: clientId(c, client) ?? null, expiresIn: expires_in };
    return c.json(view(authorizations.create(c.var.account, fields)), 201);
  });

  routes.get(`${BASE}/:id`, (c) => c.json(view(find(c))));

  routes.patch(`${BASE}/:id`, async (c) => {
    const { client, description } = await readBody(c, UpdateBody);
    return c.json(view(authorizations.change(find(c), { description, clientId: clientId(c, client) })));
  });

  routes.delete(`${BASE}/:id`, (c) => {
    const authorization = find(c);
    authorizations.revoke(authorization);
    return c.json(view(authorization));
  });

  routes.post(`${BASE}/:id/actions/regenerate-tokens`, (c) => c.json(view(authorizations.regenerate(find(c)))));

  return routes;
}

function authorizationView({ core }: Platform, authorization: AuthorizationRecord) {
  const { id, accountId, clientId, description, expiresAt, scope, token } = authorization;
  const account = core.store.collection("accounts").get(accountId);
  const client = clientId === null ? undefined : core.store.collection("oauthClients").get(clientId);
  const expires_in =
    expiresAt === null ? null : Math.max(0, Math.round((Date.parse(expiresAt) - core.clock.now()) / 1_000));
  return {
    ...timed(authorization),
    access_token: { expires_in, id, token },
    client: client ? { id: client.id, name: client.name, redirect_uri: client.redirectUri } : null,
    description,
    grant: null,
    refresh_token: null,
    scope,
    session: null,
    user: { id: accountId, email: account?.email ?? "", full_name: account?.name ?? null },
  };
}
