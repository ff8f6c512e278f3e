import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findAddon } from "../../http/find-resource";
import type { DataServices } from "../data-services";
import { keyValueInfo } from "./key-value-info";
import { EVICTION_POLICIES, type KeyValueSettings, keyValueSettings, keyValueSettingsView } from "./key-value-settings";

const BASE = "/redis/v0/databases/:addon";

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
export function keyValueRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, keyValue, settings } = data;
  const ofStore = findAddon(context, "heroku-redis");

  routes.get(BASE, ofStore, async (c) => c.json(await keyValueInfo(data, c.var.addon)));

  routes.get(`${BASE}/wait`, ofStore, (c) => c.json({ message: "available", "waiting?": false }));

  routes.get(`${BASE}/config`, ofStore, (c) => {
    return c.json(keyValueSettingsView(keyValueSettings(settings.of(c.var.addon))));
  });

  routes.patch(`${BASE}/config`, ofStore, async (c) => {
    const { addon } = c.var;
    settings.change(addon, withoutUndefined(await readBody(c, ConfigBody)));
    await keyValue.apply(addon);
    return c.json(keyValueSettingsView(keyValueSettings(settings.of(addon))));
  });

  routes.post(`${BASE}/credentials_rotation`, ofStore, async (c) => {
    const { addon } = c.var;
    await data.addonValuesChanged(addon.id, await keyValue.rotate(addon));
    return c.json({ message: "Credentials rotated." });
  });

  routes.post(`${BASE}/stats/reset`, ofStore, async (c) => {
    const { addon } = c.var;
    const admin = await keyValue.admin(addon);
    await admin.command("CONFIG", "RESETSTAT");
    return c.json({ message: `Reset the statistics of ${addon.name}.` });
  });

  return routes;
}

function withoutUndefined(settings: Partial<KeyValueSettings>): Record<string, string | number> {
  const entries = Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(entries);
}
