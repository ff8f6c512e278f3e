import { Hono } from "hono";
import * as v from "valibot";
import type { Clock } from "../../clock";
import type { PlatformEvents } from "../../contract";
import { optional, readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import type { AccountRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import { findService, type ServiceLookup } from "../find-service";
import { keyValueInfo } from "./key-value-info";
import type { KeyValueService } from "./key-value-service";
import { EVICTION_POLICIES, settingsOf, settingsView } from "./key-value-settings";

const ConfigBody = v.object({
  maxmemory_policy: optional(
    v.pipe(
      v.string(),
      v.check(
        (policy) => policy in EVICTION_POLICIES,
        `Invalid maxmemory_policy; it must be one of ${Object.keys(EVICTION_POLICIES).join(", ")}.`,
      ),
    ),
  ),
  notify_keyspace_events: optional(
    v.pipe(
      v.string(),
      v.regex(/^[KEg$lshzxetdmnA]*$/, "Invalid notify_keyspace_events; use letters of K E g $ l s h z x e t d m n A."),
    ),
  ),
  timeout: optional(
    v.pipe(
      v.number(),
      v.check(
        (seconds) => Number.isInteger(seconds) && seconds >= 0 && seconds <= 2 ** 31 - 1,
        "Invalid timeout; it must be a whole number of seconds, 0 or more.",
      ),
    ),
  ),
});

/** Routes of Heroku Key-Value Store (`heroku redis:*`). */
export function keyValueRoutes(
  parts: { lookup: ServiceLookup; store: Store; clock: Clock; events: PlatformEvents },
  service: KeyValueService,
): Hono<ApiEnv> {
  const { lookup, store, clock, events } = parts;
  const routes = new Hono<ApiEnv>();
  const base = "/redis/v0/databases/:db";
  const find = (account: AccountRecord, db: string) => findService(lookup, account, db, "heroku-redis");

  routes.get(base, async (c) => c.json(await keyValueInfo(store, service, find(c.var.account, c.req.param("db")))));

  routes.get(`${base}/wait`, (c) => {
    find(c.var.account, c.req.param("db"));
    return c.json({ message: "available", "waiting?": false });
  });

  routes.get(`${base}/config`, (c) =>
    c.json(settingsView(settingsOf(store, find(c.var.account, c.req.param("db")).id))),
  );

  routes.patch(`${base}/config`, async (c) => {
    const addon = find(c.var.account, c.req.param("db"));
    const body = await readBody(c, ConfigBody);
    const changed = Object.entries(body).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value] as const],
    );
    const before = store.collection("addonSettings").get(addon.id);
    const now = clock.timestamp();
    const values = { ...before?.values, ...Object.fromEntries(changed) };
    store
      .collection("addonSettings")
      .put({ id: addon.id, values, createdAt: before?.createdAt ?? now, updatedAt: now });
    await service.apply(addon);
    return c.json(settingsView(settingsOf(store, addon.id)));
  });

  routes.post(`${base}/credentials_rotation`, async (c) => {
    const addon = find(c.var.account, c.req.param("db"));
    await events.addonValuesChanged(addon.id, await service.rotate(addon));
    return c.json({ message: "Credentials rotated." });
  });

  routes.post(`${base}/stats/reset`, async (c) => {
    const addon = find(c.var.account, c.req.param("db"));
    const admin = await service.admin(addon);
    await admin.command("CONFIG", "RESETSTAT");
    return c.json({ message: `Reset the statistics of ${addon.name}.` });
  });
  return routes;
}
