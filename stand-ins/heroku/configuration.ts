import { type CheckFailure, type CheckResult, isObject } from "../../provider/schema/check";
import type { Properties } from "../../provider/schema/definition";
import { isUnknown, type PropertyValue, type PropertyValues } from "../../provider/schema/property";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where to get what this stand-in refuses. */
export const officialProvider =
  "install the official provider: `pulumi plugin install resource heroku 1.0.4 --server github://api.github.com/pulumiverse`";

/** Settings of the provider `heroku`. Those that are not strings come as JSON. */
export const providerConfig = {
  apiKey: { type: "string", description: "Heroku API key; HEROKU_API_KEY otherwise.", optional: true, secret: true },
  customizations: { type: "string", description: "What the state keeps, as JSON.", optional: true },
  delays: { type: "string", description: "Seconds to wait after a creation, as JSON.", optional: true },
  email: { type: "string", description: "E-mail address of the account.", optional: true },
  headers: { type: "string", description: "Headers of every request, as JSON.", optional: true, secret: true },
  timeouts: { type: "string", description: "Minutes that a creation may take, as JSON.", optional: true },
  url: { type: "string", description: "Platform API; HEROKU_API_URL otherwise.", optional: true },
} as const satisfies Properties;

/** What operations need to know of the configuration. */
export interface Settings {
  apiKey: string;
  url: string;
  headers: Record<string, string>;
  /** Seconds. */
  postAppCreateDelay: number;
  /** Seconds. */
  postDomainCreateDelay: number;
  /** Minutes. */
  addonCreateTimeout: number;
  setAppAllConfigVarsInState: boolean;
  setAddonConfigVarsInState: boolean;
}

/** Numbers of the settings that are objects: the least value and the default. */
const numbers: Record<string, Record<string, { least: number; fallback: number }>> = {
  delays: {
    postAppCreateDelay: { least: 0, fallback: 10 },
    postDomainCreateDelay: { least: 0, fallback: 5 },
    postSpaceCreateDelay: { least: 0, fallback: 5 },
  },
  timeouts: { addonCreateTimeout: { least: 10, fallback: 20 } },
};
const customizations = ["setAppAllConfigVarsInState", "setAddonConfigVarsInState"];

/** Checks the configuration of a provider instance and gives it the form in which the official provider keeps it. */
export function checkConfiguration(given: PropertyValues, environment: Environment): CheckResult {
  const failures: CheckFailure[] = [];
  const inputs: PropertyValues = {};
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  for (const [name, value] of Object.entries(given)) {
    inputs[name] = isUnknown(value) ? value : canonical(name, value);
    if (isEngines(name) || isUnknown(value)) continue;
    const reason = faultOf(name, value);
    if (reason !== undefined) fail(name, reason);
  }
  for (const [name, limits] of Object.entries(numbers)) {
    for (const [key, value] of Object.entries(objectIn(given[name]))) {
      const { least } = limits[key] ?? {};
      if (least === undefined) fail(name, `unknown setting of ${name}, got "${key}"; known are ${known(limits)}`);
      else if (!isUnknown(value) && !(Number(value) >= least)) {
        fail(name, `${key} must be a number from ${least} up, got ${JSON.stringify(value)}`);
      }
    }
  }
  for (const key of Object.keys(customizationsIn(given.customizations))) {
    if (customizations.includes(key)) continue;
    fail("customizations", `unknown customization, got "${key}"; known are ${customizations.join(", ")}`);
  }
  const refusal = isUnknown(given.url) ? undefined : refusalOf(urlIn(given, environment));
  if (refusal !== undefined) fail("url", refusal);
  return { inputs, failures };
}

function faultOf(name: string, value: PropertyValue): string | undefined {
  if (!(name in providerConfig)) return `unknown setting, got "${name}"; known are ${known(providerConfig)}`;
  if (value === "" || (isText(name) && name !== "headers")) return undefined;
  const json = parsed(value);
  const isList = name === "customizations";
  if (json !== undefined && (isList ? Array.isArray(json) : isObject(json))) return undefined;
  const shown = json === undefined ? "text that is not" : JSON.stringify(json);
  const got = name === "headers" ? "a secret that is not" : shown;
  return `${name} must be a JSON ${isList ? "list" : "object"}, got ${got}`;
}

/** Settings from the configuration, then the environment, then the official provider's defaults. */
export function settingsFrom(given: PropertyValues, environment: Environment): Settings {
  const url = urlIn(given, environment);
  const refusal = refusalOf(url);
  if (refusal !== undefined) throw new Error(refusal);
  const number = (name: string, key: string) => Number(objectIn(given[name])[key] ?? numbers[name]?.[key]?.fallback);
  const custom = customizationsIn(given.customizations);
  return {
    apiKey: textOf(given.apiKey) || environment.HEROKU_API_KEY || "",
    url,
    headers: headersIn(textOf(given.headers) || environment.HEROKU_HEADERS || "{}"),
    postAppCreateDelay: number("delays", "postAppCreateDelay"),
    postDomainCreateDelay: number("delays", "postDomainCreateDelay"),
    addonCreateTimeout: number("timeouts", "addonCreateTimeout"),
    setAppAllConfigVarsInState: custom.setAppAllConfigVarsInState !== false,
    setAddonConfigVarsInState: custom.setAddonConfigVarsInState !== false,
  };
}

function urlIn(given: PropertyValues, environment: Environment): string {
  return textOf(given.url) || environment.HEROKU_API_URL || "https://api.heroku.com";
}

/** Real Heroku is the official provider's. */
function refusalOf(url: string): string | undefined {
  if (isLoopback(url)) return undefined;
  return `heroku:url must be an address of this machine for the stand-in provider, got ${url}; ${officialProvider}`;
}

function isLoopback(url: string): boolean {
  try {
    const { hostname, protocol } = new URL(url);
    const isHere = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
    return isHere && /^https?:$/.test(protocol);
  } catch {
    return false;
  }
}

/** Text of JSON with sorted keys, as Go writes it. */
function canonical(name: string, value: PropertyValue): PropertyValue {
  if (isEngines(name) || isText(name)) return value;
  const json = parsed(value);
  return json === undefined ? value : JSON.stringify(sorted(json));
}

function sorted(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/** Undefined when it is text that is no JSON. */
function parsed(value: PropertyValue | undefined): PropertyValue | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function objectIn(value: PropertyValue | undefined): PropertyValues {
  const found = isUnknown(value) ? undefined : parsed(value);
  return isObject(found) ? found : {};
}

function customizationsIn(value: PropertyValue | undefined): PropertyValues {
  const list = isUnknown(value) ? undefined : parsed(value);
  return Object.assign({}, ...(Array.isArray(list) ? list : []).filter(isObject));
}

function headersIn(json: string): Record<string, string> {
  return Object.fromEntries(Object.entries(objectIn(json)).map(([name, value]) => [name, String(value)]));
}

const isText = (name: string) => ["apiKey", "email", "headers", "url"].includes(name);
const isEngines = (name: string) => name.startsWith("__") || name === "version" || name === "pluginDownloadURL";
const known = (settings: object) => Object.keys(settings).join(", ");
const textOf = (value: PropertyValue | undefined) => (typeof value === "string" ? value : "");
