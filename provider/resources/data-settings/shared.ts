import { type DataService, findAddon, readyAddon } from "../../heroku/addons";
import { readSettings, writeSettings } from "../../heroku/settings";
import type { Addon, Settings, SettingValue } from "../../heroku/types";
import type { Properties } from "../../schema/definition";
import type { Context } from "../resource";

/** Which settings of which service a resource manages. */
export interface SettingsKind {
  service: DataService;
  /** The resource's inputs; those without a name of Heroku's are no settings. */
  inputs: Properties;
  /** Heroku's name of each setting. */
  names: Readonly<Record<string, string>>;
  /** Throws when an add-on's plan has no such settings. */
  requirePlan(addon: Addon): void;
}

type Values = Record<string, SettingValue>;

const defaultTimeout = 20 * 60_000;

/** Brings the declared settings about, and puts those no longer declared back. Nothing is sent that is so already. */
export async function applySettings(
  kind: SettingsKind,
  target: string,
  declared: object,
  former: object,
  { client, timeout = defaultTimeout }: Context,
): Promise<Addon> {
  const addon = await readyAddon(client, target, kind.service, timeout);
  kind.requirePlan(addon);
  const settings = (await readSettings(client, kind.service, addon.id)) ?? {};
  const values = { ...defaultsOf(kind, settings, former), ...valuesOf(kind, declared) };
  await send(kind, addon, settings, values, { client, timeout });
  return addon;
}

/** The settings there are: those of `former`, or all when nothing is known, as on import. */
export async function readDeclared(
  kind: SettingsKind,
  target: string,
  former: object | undefined,
  { client }: Context,
): Promise<{ addon: Addon; values: Record<string, SettingValue | undefined> } | undefined> {
  const addon = await findAddon(client, target, kind.service);
  const settings = addon && (await readSettings(client, kind.service, addon.id));
  if (!settings) return undefined;
  const wanted = Object.keys(kind.names).filter((input) => !former || settingOf(former, input) !== undefined);
  return { addon, values: Object.fromEntries(wanted.map((input) => [input, current(kind, settings, input)])) };
}

/** Puts every declared setting back to Heroku's default. An add-on that is gone has none. */
export async function resetSettings(
  kind: SettingsKind,
  target: string,
  former: object,
  { client, timeout = defaultTimeout }: Context,
): Promise<void> {
  const addon = await findAddon(client, target, kind.service);
  const settings = addon && (await readSettings(client, kind.service, addon.id));
  if (!settings) return;
  await send(kind, addon, settings, defaultsOf(kind, settings, former), { client, timeout });
}

async function send(
  kind: SettingsKind,
  addon: Addon,
  settings: Settings,
  values: Values,
  { client, timeout }: { client: Context["client"]; timeout: number },
): Promise<void> {
  const changes = Object.entries(values).filter(([input, value]) => current(kind, settings, input) !== value);
  if (changes.length === 0) return;
  const body = Object.fromEntries(changes.map(([input, value]) => [kind.names[input] ?? input, value]));
  await writeSettings(client, kind.service, addon.id, body, timeout);
}

/** The values given, by input. */
function valuesOf(kind: SettingsKind, inputs: object): Values {
  const values: Values = {};
  for (const input of Object.keys(kind.names)) {
    const value = settingOf(inputs, input);
    if (value !== undefined) values[input] = value;
  }
  return values;
}

/** Heroku's defaults of the settings given, where it tells them. */
function defaultsOf(kind: SettingsKind, settings: Settings, inputs: object): Values {
  const values: Values = {};
  for (const input of Object.keys(valuesOf(kind, inputs))) {
    const value = typed(kind, input, settings[kind.names[input] ?? input]?.default);
    if (value !== undefined) values[input] = value;
  }
  return values;
}

function current(kind: SettingsKind, settings: Settings, input: string): SettingValue | undefined {
  return typed(kind, input, settings[kind.names[input] ?? input]?.value);
}

/** Heroku tells some numbers and truths as text. */
function typed(kind: SettingsKind, input: string, value: SettingValue | undefined): SettingValue | undefined {
  if (value === undefined || value === null) return undefined;
  const type = kind.inputs[input]?.type;
  if (type === "integer") return Number(value);
  if (type === "boolean") return value === true || /^(true|on)$/.test(String(value));
  return String(value);
}

function settingOf(inputs: object, name: string): SettingValue | undefined {
  const value: unknown = Object.entries(inputs).find(([key]) => key === name)?.[1];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
