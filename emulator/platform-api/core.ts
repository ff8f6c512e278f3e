import type { Clock } from "../clock";
import type { Ids } from "../ids";
import type { Machines } from "../machines";
import type { Store } from "../store/store";
import type { Lookup } from "./lookup";

/** What all rules of the Platform API work with. */
export interface Core {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly machines: Machines;
  readonly lookup: Lookup;
  /** `http://localhost:<port>`, without a trailing slash. */
  readonly url: string;
}

/** Who makes a release. */
export type Actor = { readonly id: string; readonly email: string };
