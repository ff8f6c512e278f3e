import type { Context } from "hono";
import { forbidden } from "../http/errors";

const OWN_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a request names this machine itself; a name of somebody else's may lead here too. */
export function isOwnHost(c: Context): boolean {
  return OWN_HOSTS.has(new URL(c.req.url).hostname);
}

/**
 * Keeps web pages of other sites from using what needs no key through a visitor's browser: those that
 * say where they come from, those whose requests carry no origin, and those that gave this machine a
 * name of theirs.
 */
export async function ownPagesOnly(c: Context, next: () => Promise<void>): Promise<void> {
  const origin = c.req.header("Origin");
  const site = c.req.header("Sec-Fetch-Site") ?? "none";
  const isOwn = origin === undefined || origin === new URL(c.req.url).origin;
  if (!isOwn || !isOwnHost(c) || !["same-origin", "none"].includes(site)) {
    throw forbidden("Other sites may not use this API.");
  }
  await next();
}
