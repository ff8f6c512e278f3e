import { createMiddleware } from "hono/factory";
import type { AccountRecord } from "../store/entities";
import type { Store } from "../store/store";
import type { ApiEnv } from "./context";
import { HerokuError } from "./errors";

/**
 * The account of an `Authorization` header: `Bearer <key>`, or Basic with the key as password and any user, as
 * heroku-go and Docker send it.
 */
export function authenticate(store: Store, authorization: string | undefined): AccountRecord | undefined {
  const key = apiKey(authorization);
  if (key === undefined || key === "") return undefined;
  return store
    .collection("accounts")
    .all()
    .find((account) => account.apiKeys.includes(key));
}

/** Puts the account of the API key into `c.var.account`, or refuses with 401. */
export function requireAccount(store: Store) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const account = authenticate(store, c.req.header("Authorization"));
    if (account === undefined) throw new HerokuError(401, "unauthorized", "Invalid credentials provided.");
    c.set("account", account);
    await next();
  });
}

/** The key in an `Authorization` header. */
export function apiKey(authorization: string | undefined): string | undefined {
  const [scheme = "", value = ""] = (authorization ?? "").split(/ +/, 2);
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const pair = Buffer.from(value, "base64").toString();
  return pair.includes(":") ? pair.slice(pair.indexOf(":") + 1) : undefined;
}
