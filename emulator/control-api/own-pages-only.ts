import type { Context } from "hono";
import { forbidden } from "../http/errors";

const OWN_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether the Host header is a loopback name; this blocks DNS rebinding. */
export function isOwnHost(c: Context): boolean {
  return OWN_HOSTS.has(new URL(c.req.url).hostname);
}

/**
 * Refuses requests from web pages of other sites, which a visitor's browser could send: by their origin, by
 * `Sec-Fetch-Site` if they carry no origin, and by the Host header if their own domain resolves to this machine.
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
