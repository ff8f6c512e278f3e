import type { Hono } from "hono";
import type { AccountRecord } from "../store/entities";

/** What a route's handler finds in its context. */
export interface ApiEnv {
  Variables: {
    /** The account whose key the request carries. */
    account: AccountRecord;
  };
}

/** Routes of the API. */
export type Api = Hono<ApiEnv>;
