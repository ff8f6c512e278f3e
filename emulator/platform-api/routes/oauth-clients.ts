import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { OauthClientRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

const BASE = "/oauth/clients";
const FIELDS = ["name", "id"] as const;

const CreateBody = v.object({ name: v.string(), redirect_uri: v.string() });
const UpdateBody = v.object({ name: optional(v.string()), redirect_uri: optional(v.string()) });

/** Routes of Heroku's resource "OAuth client". */
export function oauthClientRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { oauthClients } = platform;

  routes.get(BASE, (c) => reply(c, oauthClients.of(c.var.account).map(oauthClientView), FIELDS));

  routes.post(BASE, async (c) => {
    const { name, redirect_uri } = await readBody(c, CreateBody);
    return c.json(oauthClientView(oauthClients.create(c.var.account, name, redirect_uri)), 201);
  });

  routes.get(`${BASE}/:id`, (c) => c.json(oauthClientView(oauthClients.find(c.var.account, c.req.param("id")))));

  routes.patch(`${BASE}/:id`, async (c) => {
    const client = oauthClients.find(c.var.account, c.req.param("id"));
    const { name, redirect_uri } = await readBody(c, UpdateBody);
    return c.json(oauthClientView(oauthClients.change(client, { name, redirectUri: redirect_uri })));
  });

  routes.delete(`${BASE}/:id`, (c) => {
    const client = oauthClients.find(c.var.account, c.req.param("id"));
    oauthClients.remove(client);
    return c.json(oauthClientView(client));
  });

  routes.post(`${BASE}/:id/actions/rotate-credentials`, (c) => {
    const client = oauthClients.find(c.var.account, c.req.param("id"));
    return c.json(oauthClientView(oauthClients.rotateSecret(client)));
  });

  return routes;
}

function oauthClientView(client: OauthClientRecord) {
  const { name, redirectUri, secret } = client;
  return { ...timed(client), ignores_delinquent: false, name, redirect_uri: redirectUri, secret };
}
