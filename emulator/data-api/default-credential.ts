import type { MachineContext } from "../contract";
import { newRecord } from "../new-record";
import type { AddonRecord, CredentialRecord, CredentialUser } from "../store/entities";

/** The name of the credential that every add-on has. */
export const DEFAULT_CREDENTIAL = "default";

/** The add-on's default credential, created with a new user if it is missing. */
export function defaultCredential(
  context: Pick<MachineContext, "store" | "clock" | "ids">,
  addon: AddonRecord,
  newUser: () => CredentialUser,
): CredentialRecord {
  const credentials = context.store.collection("credentials");
  const existing = credentials.by("addon", addon.id).find(({ name }) => name === DEFAULT_CREDENTIAL);
  if (existing) return existing;
  const fresh = { ...newRecord(context), addonId: addon.id, name: DEFAULT_CREDENTIAL, state: "active" as const };
  return credentials.put({ ...fresh, users: [newUser()] });
}
