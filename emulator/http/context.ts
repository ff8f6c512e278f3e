import type { Hono } from "hono";
import type { AccountRecord } from "../store/entities";
import type { Bindings } from "./observe";

/** What every handler of the APIs finds in its context. */
export interface ApiEnv {
  Bindings: Partial<Bindings>;
  Variables: {
    /** The account whose key the request carries. */
    account: AccountRecord;
  };
}

/** Routes of the APIs. */
export type Api = Hono<ApiEnv>;
