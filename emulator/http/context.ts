import type { Hono } from "hono";
import type { AccountRecord } from "../store/entities";
import type { Bindings } from "./observe";

/** What a route's handler finds in its context. */
export interface ApiEnv {
  Bindings: Partial<Bindings>;
  Variables: {
    /** The account whose key the request carries. */
    account: AccountRecord;
  };
}

/** Routes of the API. */
export type Api = Hono<ApiEnv>;
