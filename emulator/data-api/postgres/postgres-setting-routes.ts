import { Hono } from "hono";
import * as v from "valibot";
import { readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findAddon } from "../../http/find-resource";
import type { AddonRecord } from "../../store/entities";
import type { DataServices } from "../data-services";
import { requirePaidTier } from "./plan-rules";
import { POSTGRES_SETTINGS, parseSettings, settingStatements } from "./postgres-settings";

const CONFIG = "/postgres/v0/databases/:addon/config";

const UpdateBody = v.record(v.string(), v.unknown());

/** Routes of a database's settings (`heroku pg:settings`). */
export function postgresSettingRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, postgres, settings } = data;
  const ofDatabase = findAddon(context, "heroku-postgresql");

  routes.get(CONFIG, ofDatabase, (c) => {
    requirePaidTier(c.var.addon);
    return c.json(postgresSettingsView(data, c.var.addon));
  });

  routes.patch(CONFIG, ofDatabase, async (c) => {
    const { addon } = c.var;
    requirePaidTier(addon);
    const changed = parseSettings(await readBody(c, UpdateBody));
    const server = await postgres.server(addon);
    await server.sql("postgres", settingStatements(changed));
    settings.change(addon, changed);
    return c.json(postgresSettingsView(data, addon));
  });

  return routes;
}

function postgresSettingsView({ settings }: DataServices, addon: AddonRecord) {
  const changed = settings.of(addon);
  const entries = Object.entries(POSTGRES_SETTINGS).map(([name, { desc, default: byDefault, values }]) => {
    return [name, { value: changed[name] ?? byDefault, desc, default: byDefault, values }] as const;
  });
  return Object.fromEntries(entries);
}
