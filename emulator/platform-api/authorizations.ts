import { forbidden, invalidParams, notFound } from "../http/errors";
import { derivedId } from "../ids";
import { newRecord } from "../new-record";
import type { AccountRecord, AuthorizationRecord } from "../store/entities";
import type { Core } from "./core";

/** What users choose of an authorization. */
interface AuthorizationFields {
  readonly scope: readonly string[];
  readonly description: string;
  readonly clientId: string | null;
  /** Seconds; it does not expire if it is missing. */
  readonly expiresIn?: number | undefined;
}

/** The authorizations of accounts. Their tokens work like API keys, whatever their scope. */
export class Authorizations {
  constructor(private readonly core: Core) {}

  of(account: AccountRecord): AuthorizationRecord[] {
    return this.authorizations.by("account", account.id);
  }

  /** `~` is the authorization of the request; a seeded key has none. */
  find(account: AccountRecord, wanted: string, key: string): AuthorizationRecord {
    const row = this.of(account).find(({ id, token }) => (wanted === "~" ? token === key : id === wanted));
    const seeded = seededAuthorization(account, key);
    if (row === undefined && wanted !== "~" && wanted !== seeded.id) throw notFound("authorization");
    return row ?? seeded;
  }

  create(account: AccountRecord, { expiresIn, ...fields }: AuthorizationFields): AuthorizationRecord {
    if (fields.scope.length === 0) throw invalidParams("Scope must name at least one scope.");
    const fresh = newRecord(this.core);
    const expiresAt =
      expiresIn === undefined ? null : new Date(Date.parse(fresh.createdAt) + expiresIn * 1_000).toISOString();
    const token = this.newToken();
    const row = this.core.store.transaction(() => {
      this.changeKeys(account.id, undefined, token);
      return this.authorizations.put({ ...fresh, accountId: account.id, token, ...fields, expiresAt });
    });
    this.revokeInTime(row);
    return row;
  }

  change(
    authorization: AuthorizationRecord,
    fields: { readonly description?: string | undefined; readonly clientId?: string | undefined },
  ): AuthorizationRecord {
    this.requireRecord(authorization);
    const { description = authorization.description, clientId = authorization.clientId } = fields;
    const updatedAt = this.core.clock.timestamp();
    return this.authorizations.put({ ...authorization, description, clientId, updatedAt });
  }

  /** Replaces the token; the old one is no longer valid. */
  regenerate(authorization: AuthorizationRecord): AuthorizationRecord {
    this.requireRecord(authorization);
    const token = this.newToken();
    return this.core.store.transaction(() => {
      this.changeKeys(authorization.accountId, authorization.token, token);
      return this.authorizations.put({ ...authorization, token, updatedAt: this.core.clock.timestamp() });
    });
  }

  revoke(authorization: AuthorizationRecord): void {
    this.requireRecord(authorization);
    this.core.store.transaction(() => {
      this.changeKeys(authorization.accountId, authorization.token, undefined);
      this.authorizations.delete(authorization.id);
    });
  }

  /** Schedules the expiry of authorizations that an earlier process created. */
  resume(): void {
    for (const row of this.authorizations.all()) this.revokeInTime(row);
  }

  private revokeInTime({ id, expiresAt }: AuthorizationRecord): void {
    if (expiresAt === null) return;
    this.core.clock.at(Date.parse(expiresAt), () => {
      const row = this.authorizations.get(id);
      if (row) this.revoke(row);
    });
  }

  private requireRecord({ id }: AuthorizationRecord): void {
    if (!this.authorizations.get(id)) throw forbidden("The authorization of a seeded API key cannot be changed.");
  }

  private changeKeys(accountId: string, former: string | undefined, next: string | undefined): void {
    const accounts = this.core.store.collection("accounts");
    const kept = (accounts.get(accountId)?.apiKeys ?? []).filter((key) => key !== former);
    accounts.update(accountId, { apiKeys: next === undefined ? kept : [...kept, next] });
  }

  private newToken(): string {
    return `HRKU-${this.core.ids.uuid()}`;
  }

  private get authorizations() {
    return this.core.store.collection("authorizations");
  }
}

function seededAuthorization(account: AccountRecord, token: string): AuthorizationRecord {
  const { createdAt, updatedAt } = account;
  const id = derivedId("authorization", account.id, token);
  const description = "API key of Local Heroku";
  return {
    id,
    createdAt,
    updatedAt,
    accountId: account.id,
    token,
    scope: ["global"],
    description,
    clientId: null,
    expiresAt: null,
  };
}
