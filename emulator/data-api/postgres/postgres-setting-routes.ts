import { Hono } from "hono";
import * as v from "valibot";
import type { Clock } from "../../clock";
import { readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import { invalidParams } from "../../http/errors";
import type { AddonRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import { findService, type ServiceLookup } from "../find-service";
import { requirePaidTier } from "./plan-rules";
import type { PostgresService } from "./postgres-service";
import { POSTGRES_SETTINGS, type SettingValue, settingStatements } from "./postgres-settings";

const Body = v.record(v.string(), v.unknown());

/** Routes of a database's settings (`heroku pg:settings`). */
export function postgresSettingRoutes(
  lookup: ServiceLookup,
  store: Store,
  clock: Clock,
  postgres: PostgresService,
): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const path = "/postgres/v0/databases/:db/config";
  const settings = store.collection("addonSettings");
  const view = (addon: AddonRecord) => {
    const changed = settings.get(addon.id)?.values ?? {};
    const entries = Object.entries(POSTGRES_SETTINGS).map(([name, { desc, default: byDefault, values }]) => {
      return [name, { value: changed[name] ?? byDefault, desc, default: byDefault, values }] as const;
    });
    return Object.fromEntries(entries);
  };

  routes.get(path, (c) => {
    const addon = findService(lookup, c.var.account, c.req.param("db"), "heroku-postgresql");
    requirePaidTier(addon);
    return c.json(view(addon));
  });

  routes.patch(path, async (c) => {
    const addon = findService(lookup, c.var.account, c.req.param("db"), "heroku-postgresql");
    requirePaidTier(addon);
    const changed = parseSettings(await readBody(c, Body));
    const server = await postgres.server(addon);
    await server.sql("postgres", settingStatements(changed));
    const now = clock.timestamp();
    const before = settings.get(addon.id);
    const values = { ...before?.values, ...changed };
    settings.put({ id: addon.id, values, createdAt: before?.createdAt ?? now, updatedAt: now });
    return c.json(view(addon));
  });
  return routes;
}

function parseSettings(body: Record<string, unknown>): Record<string, SettingValue> {
  const entries = Object.entries(body).map(([name, value]) => {
    const setting = POSTGRES_SETTINGS[name];
    if (!setting)
      throw invalidParams(`Invalid setting ${name}; it must be one of ${Object.keys(POSTGRES_SETTINGS).join(", ")}.`);
    const parsed = v.safeParse(setting.schema, value);
    if (parsed.success) return [name, parsed.output] as const;
    const allowed = Object.keys(setting.values).join(", ");
    throw invalidParams(`Invalid value for ${name}${allowed === "" ? "" : `; it must be one of ${allowed}`}.`);
  });
  return Object.fromEntries(entries);
}
