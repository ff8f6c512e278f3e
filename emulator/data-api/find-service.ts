import type { MachineContext } from "../contract";
import { HerokuError } from "../http/errors";
import type { AccountRecord, AddonRecord } from "../store/entities";

/** What the data APIs look add-ons up in. */
export type ServiceLookup = Pick<MachineContext, "findAddon" | "findApp">;

/** The running add-on of a service by id or name; what is not there yet is not found, which clients take for "wait". */
export function findService(
  lookup: ServiceLookup,
  account: AccountRecord,
  idOrName: string,
  serviceName: string,
): AddonRecord {
  const addon = lookup.findAddon(account, idOrName);
  if (addon?.serviceName !== serviceName || addon.state !== "provisioned") {
    throw new HerokuError(404, "not_found", "Not found.");
  }
  return addon;
}
