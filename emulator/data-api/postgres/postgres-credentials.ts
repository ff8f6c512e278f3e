import { planOf } from "../../catalog/addon-services";
import type { Clock } from "../../clock";
import type { PlatformEvents } from "../../contract";
import type { Ids } from "../../ids";
import type { AddonRecord, CredentialRecord, CredentialUser } from "../../store/entities";
import type { Store } from "../../store/store";
import { databaseName, newUser, quoteName, quoteText } from "./postgres-names";
import { DEFAULT_CREDENTIAL, databaseUrl, type PostgresService } from "./postgres-service";

/** The credentials of databases: made, rotated and destroyed on the running server and in the records. */
export class PostgresCredentials {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly postgres: PostgresService,
    private readonly events: PlatformEvents,
  ) {}

  /** Adds a credential that may connect and nothing else, as Heroku's do until they are granted more. */
  async create(addon: AddonRecord, name: string): Promise<void> {
    const user = newUser(this.ids);
    const server = await this.postgres.server(addon);
    const role = quoteName(user.user);
    const { connections } = planOf(addon);
    const database = quoteName(databaseName(addon.id));
    await server.sql(
      "postgres",
      `BEGIN;
CREATE ROLE ${role} LOGIN PASSWORD ${quoteText(user.password)} CONNECTION LIMIT ${connections};
GRANT CONNECT ON DATABASE ${database} TO ${role};
COMMIT;`,
    );
    const now = this.clock.timestamp();
    const record = { id: this.ids.uuid(), addonId: addon.id, name, state: "active" as const, users: [user] };
    this.store.collection("credentials").put({ ...record, createdAt: now, updatedAt: now });
    await this.publish(addon, name, user);
  }

  /** Takes a credential away; what it owned goes to the database's owner. */
  async destroy(addon: AddonRecord, credential: CredentialRecord): Promise<void> {
    const server = await this.postgres.server(addon);
    const owner = quoteName(this.postgres.owner(addon).user);
    for (const { user } of credential.users) {
      const role = quoteName(user);
      const statements = `REASSIGN OWNED BY ${role} TO ${owner}; DROP OWNED BY ${role};`;
      await server.sql(databaseName(addon.id), `BEGIN; ${statements} DROP ROLE ${role}; COMMIT;`);
    }
    await this.events.addonValuesChanged(addon.id, undefined, `credential:${credential.name}`);
    this.store.collection("credentials").delete(credential.id);
  }

  /**
   * Gives a credential a new user name and password. The new ones are recorded before the server
   * learns them, so that an interrupted rotation can be completed. Sessions of the former user end
   * at once when forced; otherwise they go on.
   */
  async rotate(addon: AddonRecord, credential: CredentialRecord, forced: boolean): Promise<void> {
    const former = credential.users[0];
    if (!former) throw new Error(`the credential ${credential.name} has no user to rotate`);
    const users = [{ ...former, state: "revoking" }, newUser(this.ids)];
    const rotating = { ...credential, state: "rotating" as const, users };
    await this.complete(addon, this.store.collection("credentials").put(rotating), forced);
  }

  /** Completes the rotations that an earlier process had begun. */
  async resume(addon: AddonRecord): Promise<void> {
    for (const credential of this.postgres.credentials(addon)) {
      if (credential.state === "rotating") await this.complete(addon, credential, false);
    }
  }

  private async complete(addon: AddonRecord, credential: CredentialRecord, forced: boolean): Promise<void> {
    const [former, next] = credential.users;
    if (!former || !next) return;
    const server = await this.postgres.server(addon);
    const rename = `ALTER ROLE ${quoteName(former.user)} RENAME TO ${quoteName(next.user)}`;
    await server.sql(
      "postgres",
      `SELECT ${quoteText(rename)} WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoteText(former.user)}) \\gexec
ALTER ROLE ${quoteName(next.user)} PASSWORD ${quoteText(next.password)};`,
    );
    if (forced) await this.endSessions(addon, next);
    // Config vars first: a kill in between leaves a rotation that the next start completes.
    await this.publish(addon, credential.name, next);
    const updatedAt = this.clock.timestamp();
    this.store.collection("credentials").update(credential.id, { state: "active", users: [next], updatedAt });
  }

  private async endSessions(addon: AddonRecord, { user }: CredentialUser): Promise<void> {
    const server = await this.postgres.server(addon);
    const statement = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${quoteText(user)};`;
    await server.sql("postgres", statement);
  }

  /** Brings the credential's URL into the config vars of the apps that have it. */
  private async publish(addon: AddonRecord, name: string, user: CredentialUser): Promise<void> {
    const url = databaseUrl(await this.postgres.address(addon), user, databaseName(addon.id));
    const namespace = name === DEFAULT_CREDENTIAL ? undefined : `credential:${name}`;
    await this.events.addonValuesChanged(addon.id, { URL: url }, namespace);
  }
}
