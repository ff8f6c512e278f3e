import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findAddon } from "../../http/find-resource";
import type { AddonRecord, CredentialRecord } from "../../store/entities";
import type { DataServices } from "../data-services";
import { requirePaidTier } from "./plan-rules";
import { databaseName } from "./postgres-names";

const BASE = "/postgres/v0/databases/:addon";

const CreateBody = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,62}$/, "Invalid credential name.")),
});
const RotateBody = v.object({ forced: optional(v.boolean()) });

/** Routes of a database's credentials (`heroku pg:credentials`). */
export function credentialRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, credentials } = data;
  const ofDatabase = findAddon(context, "heroku-postgresql");

  routes.get(`${BASE}/credentials`, ofDatabase, async (c) => {
    const { addon } = c.var;
    return c.json(await Promise.all(credentials.of(addon).map((each) => credentialView(data, addon, each))));
  });

  routes.post(`${BASE}/credentials`, ofDatabase, async (c) => {
    requirePaidTier(c.var.addon);
    const { name } = await readBody(c, CreateBody);
    await credentials.create(c.var.addon, name);
    return c.json({ message: `Created credential ${name}.` }, 201);
  });

  routes.get(`${BASE}/credentials/:name`, ofDatabase, async (c) => {
    const { addon } = c.var;
    return c.json(await credentialView(data, addon, credentials.find(addon, c.req.param("name"))));
  });

  routes.delete(`${BASE}/credentials/:name`, ofDatabase, async (c) => {
    const credential = credentials.find(c.var.addon, c.req.param("name"));
    await credentials.remove(c.var.addon, credential);
    return c.json({ message: `Destroyed credential ${credential.name}.` });
  });

  routes.post(`${BASE}/credentials_rotation`, ofDatabase, async (c) => {
    const { addon } = c.var;
    const { forced = false } = await readBody(c, RotateBody);
    for (const credential of credentials.of(addon)) await credentials.rotate(addon, credential, forced);
    return c.json({ message: "Rotated all credentials." });
  });

  routes.post(`${BASE}/credentials/:name/credentials_rotation`, ofDatabase, async (c) => {
    const { addon } = c.var;
    const { forced = false } = await readBody(c, RotateBody);
    const credential = credentials.find(addon, c.req.param("name"));
    await credentials.rotate(addon, credential, forced);
    return c.json({ message: `Rotated credential ${credential.name}.` });
  });

  return routes;
}

async function credentialView({ postgres }: DataServices, addon: AddonRecord, credential: CredentialRecord) {
  const { id, name, state, users } = credential;
  const address = await postgres.address(addon);
  const shown = users.map(({ user, password, state }) => ({ user, password, state }));
  return { uuid: id, name, state, database: databaseName(addon.id), ...address, credentials: shown };
}
