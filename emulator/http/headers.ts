import { createMiddleware } from "hono/factory";
import type { Ids } from "../ids";
import type { ApiEnv } from "./context";
import { HerokuError } from "./errors";
import type { RateLimits } from "./rate-limits";

/** Adds `Request-Id` to every reply, after the ids that the client sent, as Heroku does. */
export function requestId(ids: Ids) {
  return createMiddleware(async (c, next) => {
    const id = [c.req.header("Request-Id"), ids.uuid()].filter(Boolean).join(",");
    await next();
    c.header("Request-Id", id);
  });
}

/** Refuses with 406 unless `Accept` names version 3 or a variant of it, such as `version=3.docker-releases`. */
export const requireVersion3 = createMiddleware(async (c, next) => {
  if (!/application\/vnd\.heroku\+json\s*;\s*version=3(\.[\w-]+)?\s*($|[,;])/.test(c.req.header("Accept") ?? "")) {
    throw new HerokuError(
      406,
      "not_acceptable",
      'The "Accept" header must name a version, such as "application/vnd.heroku+json; version=3".',
    );
  }
  await next();
});

/** Whether `Accept` names a variant of version 3. */
export function wantsVariant(accept: string | undefined, variant: string): boolean {
  return (accept ?? "").includes(`version=3.${variant}`);
}

/** Counts requests and reports what is left in `RateLimit-Remaining`; reading the limits does not count. */
export function rateLimit(limits: RateLimits) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const { id } = c.var.account;
    if (c.req.path !== "/account/rate-limits" && !limits.take(id)) {
      throw new HerokuError(429, "rate_limit", "Your account reached the API limit. Please wait a few minutes.");
    }
    await next();
    c.header("RateLimit-Remaining", String(limits.remaining(id)));
  });
}
