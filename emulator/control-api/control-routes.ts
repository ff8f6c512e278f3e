import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../http/body";
import { invalidParams, notFound } from "../http/errors";
import type { Platform } from "../platform-api/platform";
import { ownPagesOnly } from "./own-pages-only";
import { applySeed, Seed } from "./seed";

/** What the control API needs of the instance besides the platform. */
export interface Control {
  readonly instanceId: string;
  /** Removes everything and applies the instance's seed. */
  reset(): Promise<void>;
}

/** Times on Heroku in milliseconds (from Dev Center and users' logs): to provision a service, and of preboot. */
const PROFILES = {
  instant: { "heroku-postgresql": 0, "heroku-redis": 0, preboot: 0 },
  realistic: { "heroku-postgresql": 180_000, "heroku-redis": 60_000, preboot: 180_000 },
} as const;

const ClockBody = v.object({ now: v.optional(v.pipe(v.string(), v.isoTimestamp())), advance: v.optional(v.number()) });
const DelaysBody = v.object({
  profile: v.optional(v.picklist(["instant", "realistic"])),
  services: v.optional(v.record(v.string(), v.pipe(v.number(), v.minValue(0)))),
});
const FaultBody = v.object({
  method: v.optional(v.string()),
  path: v.optional(v.pipe(v.string(), v.check(isPattern, "The path must be a regular expression."))),
  skip: v.optional(v.number(), 0),
  times: v.optional(v.number(), 1),
  delay: v.optional(v.number()),
  status: v.optional(v.number()),
  errorId: v.optional(v.string()),
  cut: v.optional(v.picklist(["before", "after"])),
  service: v.optional(v.string()),
});
const RateLimitBody = v.object({
  enforced: v.boolean(),
  email: v.optional(v.string()),
  remaining: v.optional(v.number()),
});

/** `/_local`: what tests and people can do with an instance but not with Heroku. It needs no API key. */
export function controlRoutes(platform: Platform, control: Control): Hono {
  const routes = new Hono().basePath("/_local");
  const { core, delays, faults, rateLimits, requests } = platform;

  routes.use(ownPagesOnly);

  routes.get("/health", (c) =>
    c.json({ status: "ok", instance: control.instanceId, url: core.url, now: core.clock.timestamp() }),
  );

  routes.post("/reset", async (c) => {
    await control.reset();
    return c.json({});
  });

  routes.post("/seed", async (c) => {
    applySeed(platform, await readBody(c, Seed));
    return c.json({});
  });

  routes.get("/clock", (c) => c.json({ now: core.clock.timestamp() }));
  routes.post("/clock", async (c) => {
    const body = await readBody(c, ClockBody);
    if (body.now !== undefined) core.clock.set(Date.parse(body.now));
    if (body.advance !== undefined) core.clock.advance(body.advance * 1_000);
    return c.json({ now: core.clock.timestamp() });
  });

  routes.get("/delays", (c) => c.json(delays.all()));
  routes.put("/delays", async (c) => {
    const body = await readBody(c, DelaysBody);
    const changes: Record<string, number> = { ...(body.profile ? PROFILES[body.profile] : {}), ...body.services };
    for (const [service, milliseconds] of Object.entries(changes)) delays.set(service, milliseconds);
    return c.json(delays.all());
  });

  routes.get("/faults", (c) => c.json(faults.all()));
  routes.post("/faults", async (c) => {
    const body = await readBody(c, FaultBody);
    if ([body.delay, body.status, body.cut, body.service].every((part) => part === undefined)) {
      throw invalidParams("A fault needs a delay, a status, a cut or a service.");
    }
    return c.json(faults.add({ id: core.ids.uuid(), ...body }), 201);
  });
  routes.delete("/faults", (c) => {
    faults.clear();
    return c.json([]);
  });
  routes.delete("/faults/:id", (c) => {
    if (!faults.remove(c.req.param("id"))) throw notFound("fault");
    return c.json({});
  });

  routes.get("/requests", (c) => c.json(requests.all()));
  routes.delete("/requests", (c) => {
    requests.clear();
    return c.json([]);
  });

  routes.put("/rate-limit", async (c) => {
    const body = await readBody(c, RateLimitBody);
    rateLimits.enforced = body.enforced;
    if (body.remaining !== undefined) {
      const email = body.email ?? "dev@localhost";
      const account = platform.lookup.account(email);
      if (account === undefined) throw notFound("account");
      rateLimits.set(account.id, body.remaining);
    }
    return c.json({ enforced: rateLimits.enforced });
  });
  return routes;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
