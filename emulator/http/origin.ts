import type { Context } from "hono";

/** The scheme, host and port of a request, which its client can reach. */
export function originOf({ req }: Pick<Context, "req">): string {
  return new URL(req.url).origin;
}
