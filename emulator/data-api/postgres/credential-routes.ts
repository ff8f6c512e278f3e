import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import { HerokuError, invalidParams } from "../../http/errors";
import type { AccountRecord, AddonRecord, CredentialRecord } from "../../store/entities";
import { findService, type ServiceLookup } from "../find-service";
import { requirePaidTier } from "./plan-rules";
import type { PostgresCredentials } from "./postgres-credentials";
import { databaseName } from "./postgres-names";
import { DEFAULT_CREDENTIAL, type PostgresService } from "./postgres-service";

const CreateBody = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,62}$/, "Invalid credential name.")),
});
const RotateBody = v.object({ forced: optional(v.boolean()) });

/** Routes of a database's credentials (`heroku pg:credentials`). */
export function credentialRoutes(
  lookup: ServiceLookup,
  postgres: PostgresService,
  credentials: PostgresCredentials,
): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const base = "/postgres/v0/databases/:db";
  const database = (account: AccountRecord, db: string) => findService(lookup, account, db, "heroku-postgresql");
  const find = (addon: AddonRecord, name: string) => {
    const credential = postgres.credentials(addon).find((each) => each.name === name);
    if (!credential) throw new HerokuError(404, "not_found", `Credential ${name} does not exist.`);
    return credential;
  };
  const view = async (addon: AddonRecord, { id, name, state, users }: CredentialRecord) => {
    const address = await postgres.address(addon);
    const shown = users.map(({ user, password, state }) => ({ user, password, state }));
    return { uuid: id, name, state, database: databaseName(addon.id), ...address, credentials: shown };
  };

  routes.get(`${base}/credentials`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    return c.json(await Promise.all(postgres.credentials(addon).map((credential) => view(addon, credential))));
  });

  routes.post(`${base}/credentials`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    requirePaidTier(addon);
    const { name } = await readBody(c, CreateBody);
    if (postgres.credentials(addon).some((each) => each.name === name)) {
      throw invalidParams(`Credential ${name} already exists.`);
    }
    await credentials.create(addon, name);
    return c.json({ message: `Created credential ${name}.` }, 201);
  });

  routes.get(`${base}/credentials/:name`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    return c.json(await view(addon, find(addon, c.req.param("name"))));
  });

  routes.delete(`${base}/credentials/:name`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const credential = find(addon, c.req.param("name"));
    if (credential.name === DEFAULT_CREDENTIAL) throw invalidParams("Default credential cannot be destroyed.");
    await credentials.destroy(addon, credential);
    return c.json({ message: `Destroyed credential ${credential.name}.` });
  });

  routes.post(`${base}/credentials_rotation`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const { forced } = await readBody(c, RotateBody);
    for (const credential of postgres.credentials(addon)) await credentials.rotate(addon, credential, forced ?? false);
    return c.json({ message: "Rotated all credentials." });
  });

  routes.post(`${base}/credentials/:name/credentials_rotation`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const { forced } = await readBody(c, RotateBody);
    const credential = find(addon, c.req.param("name"));
    await credentials.rotate(addon, credential, forced ?? false);
    return c.json({ message: `Rotated credential ${credential.name}.` });
  });
  return routes;
}
