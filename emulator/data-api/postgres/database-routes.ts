import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import { invalidParams } from "../../http/errors";
import type { AccountRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import { findService, type ServiceLookup } from "../find-service";
import { addonDatabase, resetDatabase } from "./database-end";
import { databaseInfo } from "./database-info";
import { databaseName } from "./postgres-names";
import type { PostgresService } from "./postgres-service";

const ResetBody = v.object({ extensions: optional(v.array(v.pipe(v.string(), v.regex(/^[\w-]+$/)))) });

/** Routes of a database as a whole (`heroku pg:info`, `pg:wait`, `pg:reset`, `pg:killall`). */
export function databaseRoutes(lookup: ServiceLookup, store: Store, postgres: PostgresService): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const base = "/client/v11/databases/:db";
  const database = (account: AccountRecord, db: string) => findService(lookup, account, db, "heroku-postgresql");

  routes.get(base, async (c) =>
    c.json(await databaseInfo(store, postgres, database(c.var.account, c.req.param("db")))),
  );

  routes.get(`${base}/wait_status`, (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const busy = postgres.busyWith(addon.id);
    return c.json({ message: busy ?? "available", "waiting?": busy !== undefined, "error?": false });
  });

  routes.put(`${base}/reset`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const { extensions } = await readBody(c, ResetBody);
    const end = await addonDatabase(postgres, addon);
    await resetDatabase(end);
    const create = (extensions ?? []).map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";`);
    if (create.length > 0) {
      await end.server.sql(end.connection, create.join("\n")).catch((error: Error) => {
        throw invalidParams(error.message);
      });
    }
    return c.json({ message: "Reset successful." });
  });

  routes.post(`${base}/connection_reset`, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const server = await postgres.server(addon);
    await server.sql(
      databaseName(addon.id),
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();",
    );
    return c.json({ message: "Connections terminated." });
  });

  routes.put(`${base}/unfollow`, (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    throw invalidParams(`${addon.name} is not following another database.`);
  });

  routes.get(`${base}/upgrade/wait_status`, (c) => {
    database(c.var.account, c.req.param("db"));
    return c.json({ message: "available", step: "", "waiting?": false, "error?": false });
  });
  return routes;
}
