import type { Clock } from "./clock";
import type { Ids } from "./ids";

/** The id and times that every new record begins with. */
export function newRecord(
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  id = ids.uuid(),
): { id: string; createdAt: string; updatedAt: string } {
  const now = clock.timestamp();
  return { id, createdAt: now, updatedAt: now };
}
