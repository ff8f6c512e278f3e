import { planOf } from "../../catalog/addon-services";
import type { MachineContext, PlatformEvents } from "../../contract";
import { HerokuError, invalidParams } from "../../http/errors";
import { newRecord } from "../../new-record";
import type { AddonRecord, CredentialRecord, CredentialUser } from "../../store/entities";
import { DEFAULT_CREDENTIAL } from "../default-credential";
import { databaseName, newUser, quoteName, quoteText } from "./postgres-names";
import { databaseUrl, type PostgresService } from "./postgres-service";

/** Creates, rotates and removes the credentials of databases, on the running server and in the records. */
export class PostgresCredentials {
  constructor(
    private readonly context: Pick<MachineContext, "store" | "clock" | "ids">,
    private readonly postgres: PostgresService,
    private readonly events: PlatformEvents,
  ) {}

  of(addon: AddonRecord): CredentialRecord[] {
    return this.postgres.credentials(addon);
  }

  find(addon: AddonRecord, name: string): CredentialRecord {
    const credential = this.of(addon).find((each) => each.name === name);
    if (!credential) throw new HerokuError(404, "not_found", `Credential ${name} does not exist.`);
    return credential;
  }

  /** Adds a credential that may only connect; users grant it more, as on Heroku. */
  async create(addon: AddonRecord, name: string): Promise<void> {
    if (this.of(addon).some((each) => each.name === name)) throw invalidParams(`Credential ${name} already exists.`);
    const user = newUser(this.context.ids);
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
    const credential = { addonId: addon.id, name, state: "active" as const, users: [user] };
    this.records.put({ ...newRecord(this.context), ...credential });
    await this.publish(addon, name, user);
  }

  /** Removes a credential; what it owned goes to the database's owner. */
  async remove(addon: AddonRecord, credential: CredentialRecord): Promise<void> {
    if (credential.name === DEFAULT_CREDENTIAL) throw invalidParams("Default credential cannot be destroyed.");
    const server = await this.postgres.server(addon);
    const owner = quoteName(this.postgres.owner(addon).user);
    for (const { user } of credential.users) {
      const role = quoteName(user);
      const statements = `REASSIGN OWNED BY ${role} TO ${owner}; DROP OWNED BY ${role};`;
      await server.sql(databaseName(addon.id), `BEGIN; ${statements} DROP ROLE ${role}; COMMIT;`);
    }
    await this.events.addonValuesChanged(addon.id, undefined, `credential:${credential.name}`);
    this.records.delete(credential.id);
  }

  /**
   * Gives a credential a new user name and password. They are recorded before the server gets them, so that an
   * interrupted rotation can be completed. Sessions of the old user end only if forced.
   */
  async rotate(addon: AddonRecord, credential: CredentialRecord, forced: boolean): Promise<void> {
    const former = credential.users[0];
    if (!former) throw new Error(`the credential ${credential.name} has no user to rotate`);
    const users = [{ ...former, state: "revoking" }, newUser(this.context.ids)];
    const rotating = { ...credential, state: "rotating" as const, users };
    await this.complete(addon, this.records.put(rotating), forced);
  }

  /** Completes the rotations that an earlier process started. */
  async resume(addon: AddonRecord): Promise<void> {
    for (const credential of this.of(addon)) {
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
    // Config vars first: if the process is killed in between, the next start completes the rotation.
    await this.publish(addon, credential.name, next);
    const updatedAt = this.context.clock.timestamp();
    this.records.update(credential.id, { state: "active", users: [next], updatedAt });
  }

  private async endSessions(addon: AddonRecord, { user }: CredentialUser): Promise<void> {
    const server = await this.postgres.server(addon);
    const statement = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ${quoteText(user)};`;
    await server.sql("postgres", statement);
  }

  /** Sets the credential's URL as config var of the apps that have it. */
  private async publish(addon: AddonRecord, name: string, user: CredentialUser): Promise<void> {
    const url = databaseUrl(await this.postgres.address(addon), user, databaseName(addon.id));
    const namespace = name === DEFAULT_CREDENTIAL ? undefined : `credential:${name}`;
    await this.events.addonValuesChanged(addon.id, { URL: url }, namespace);
  }

  private get records() {
    return this.context.store.collection("credentials");
  }
}
