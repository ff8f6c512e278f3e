import type { AddonRecord } from "../../store/entities";
import { databaseName, quoteName } from "./postgres-names";
import type { PostgresServer } from "./postgres-server";
import type { PostgresService } from "./postgres-service";

/** A database as the programs of PostgreSQL reach it: an add-on's over its socket, any other by its URL. */
export interface DatabaseEnd {
  /** Where the programs run. */
  server: PostgresServer;
  /** A libpq connection string. */
  connection: string;
  /** What restored objects belong to; undefined for whoever the URL names. */
  owner: string | undefined;
}

/** An add-on's own database. */
export async function addonDatabase(postgres: PostgresService, addon: AddonRecord): Promise<DatabaseEnd> {
  const server = await postgres.server(addon);
  return { server, connection: databaseName(addon.id), owner: postgres.owner(addon).user };
}

/** Empties a database: every schema goes, and an empty `public` comes. Gives up when others hold locks for a minute. */
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
