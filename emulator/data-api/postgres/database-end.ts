import type { AddonRecord } from "../../store/entities";
import { databaseName, quoteName } from "./postgres-names";
import type { PostgresServer } from "./postgres-server";
import type { PostgresService } from "./postgres-service";

/** A database as PostgreSQL's programs reach it: an add-on's through its socket, any other by its URL. */
export interface DatabaseEnd {
  /** Where the programs run. */
  server: PostgresServer;
  /** A libpq connection string. */
  connection: string;
  /** The owner of restored objects; undefined for the URL's own user. */
  owner: string | undefined;
}

/** An add-on's own database. */
export async function addonDatabase(postgres: PostgresService, addon: AddonRecord): Promise<DatabaseEnd> {
  const server = await postgres.server(addon);
  return { server, connection: databaseName(addon.id), owner: postgres.owner(addon).user };
}

/** Empties a database: replaces all schemas by an empty `public`. Fails if others hold locks for a minute. */
export async function resetDatabase({ server, connection, owner }: DatabaseEnd): Promise<void> {
  const authorization = owner === undefined ? "" : ` AUTHORIZATION ${quoteName(owner)}`;
  await server.sql(
    connection,
    `SET lock_timeout = '60s';
SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \\gexec
CREATE SCHEMA public${authorization};
`,
  );
}

/** Ends all sessions in a database but this one. */
export async function endSessions({ server, connection }: DatabaseEnd): Promise<void> {
  await server.sql(
    connection,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid();`,
  );
}
