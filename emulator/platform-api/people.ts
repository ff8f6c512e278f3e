import { invalidParams } from "../http/errors";
import type { AccountRecord } from "../store/entities";
import { birth, type Core } from "./core";

/**
 * The account with this id or e-mail. An address that has no account is invited, as Heroku does: it
 * gets an account that no key opens.
 */
export function findOrInvite(core: Core, idOrEmail: string): AccountRecord {
  const accounts = core.store.collection("accounts");
  const known = accounts.get(idOrEmail) ?? accounts.find("email", idOrEmail.toLowerCase());
  if (known) return known;
  if (!/^[^@\s]+@[^@\s]+$/.test(idOrEmail)) throw invalidParams(`Email is invalid, got "${idOrEmail}".`);
  return accounts.put({ ...birth(core), email: idOrEmail, name: null, apiKeys: [], defaultTeamId: null });
}
