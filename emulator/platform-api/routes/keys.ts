import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { reply } from "../../http/range";
import type { KeyRecord } from "../../store/entities";
import type { Platform } from "../platform";
import { timed } from "./views";

const BASE = "/account/keys";
const FIELDS = ["id"] as const;

const CreateBody = v.object({ public_key: v.string() });

/** Routes of Heroku's resource "key"; unlike the schema, the CLI and heroku3 also add and remove keys. */
export function keyRoutes(platform: Platform): Api {
  const routes = new Hono<ApiEnv>();
  const { keys } = platform;
  const view = (key: KeyRecord) => keyView(platform, key);

  routes.get(BASE, (c) => reply(c, keys.of(c.var.account).map(view), FIELDS));

  routes.post(BASE, async (c) => {
    const { public_key } = await readBody(c, CreateBody);
    return c.json(view(keys.create(c.var.account, public_key)), 201);
  });

  routes.get(`${BASE}/:key`, (c) => c.json(view(keys.find(c.var.account, c.req.param("key")))));

  routes.delete(`${BASE}/:key`, (c) => {
    const key = keys.find(c.var.account, c.req.param("key"));
    keys.remove(key);
    return c.json(view(key));
  });

  return routes;
}

function keyView({ core }: Platform, key: KeyRecord) {
  const { accountId, comment, fingerprint, publicKey } = key;
  const email = core.store.collection("accounts").get(accountId)?.email ?? "";
  return { ...timed(key), comment, email, fingerprint, public_key: publicKey };
}
