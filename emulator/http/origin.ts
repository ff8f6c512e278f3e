import type { Context } from "hono";

/** The scheme, host and port that a request came by: what its client can reach, over HTTP or HTTPS alike. */
export function originOf({ req }: Pick<Context, "req">): string {
  return new URL(req.url).origin;
}
