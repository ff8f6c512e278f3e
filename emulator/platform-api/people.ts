import { invalidParams } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord } from "../store/entities";
import type { Core } from "./core";

/**
 * The account with this id or e-mail address. An unknown address is invited, as on Heroku: it gets an account without
 * an API key.
 */
export function findOrInvite(core: Core, idOrEmail: string): AccountRecord {
  const known = core.lookup.account(idOrEmail);
  if (known) return known;
  if (!/^[^@\s]+@[^@\s]+$/.test(idOrEmail)) throw invalidParams(`Email is invalid, got "${idOrEmail}".`);
  const fresh = { ...newRecord(core), email: idOrEmail, name: null, apiKeys: [], defaultTeamId: null };
  return core.store.collection("accounts").put(fresh);
}
