import type { Clock } from "../clock";
import type { Machines } from "../contract";
import type { Ids } from "../ids";
import type { Store } from "../store/store";

/** What every part of the platform works with. */
export interface Core {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly machines: Machines;
  /** `http://localhost:<port>`, without a slash at its end. */
  readonly url: string;
}

/** The id and times of a new record. */
export function birth(core: Core): { id: string; createdAt: string; updatedAt: string } {
  const now = core.clock.timestamp();
  return { id: core.ids.uuid(), createdAt: now, updatedAt: now };
}
