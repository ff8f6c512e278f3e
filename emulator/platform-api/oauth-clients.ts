import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, OauthClientRecord } from "../store/entities";
import type { Core } from "./core";

/** The OAuth clients of accounts, as records only: nobody can sign in with them. */
export class OauthClients {
  constructor(private readonly core: Core) {}

  of(account: AccountRecord): OauthClientRecord[] {
    return this.clients.by("account", account.id);
  }

  find(account: AccountRecord, id: string): OauthClientRecord {
    const row = this.clients.get(id);
    if (row?.accountId !== account.id) throw notFound("OAuth client");
    return row;
  }

  create(account: AccountRecord, name: string, redirectUri: string): OauthClientRecord {
    requireUri(redirectUri);
    const secret = this.core.ids.uuid();
    return this.clients.put({ ...newRecord(this.core), accountId: account.id, name, redirectUri, secret });
  }

  change(
    client: OauthClientRecord,
    fields: { readonly [K in "name" | "redirectUri" | "secret"]?: string | undefined },
  ): OauthClientRecord {
    const { name = client.name, redirectUri = client.redirectUri, secret = client.secret } = fields;
    requireUri(redirectUri);
    return this.clients.put({ ...client, name, redirectUri, secret, updatedAt: this.core.clock.timestamp() });
  }

  rotateSecret(client: OauthClientRecord): OauthClientRecord {
    return this.change(client, { secret: this.core.ids.uuid() });
  }

  remove(client: OauthClientRecord): void {
    this.clients.delete(client.id);
  }

  private get clients() {
    return this.core.store.collection("oauthClients");
  }
}

function requireUri(uri: string): void {
  if (!URL.canParse(uri)) throw invalidParams("Redirect uri is invalid.");
}
