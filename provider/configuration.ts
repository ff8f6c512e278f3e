import { type ProviderConfig, providerConfig } from "./configuration-definition";
import type { HerokuSettings } from "./heroku/client";
import { type CheckFailure, type CheckResult, checkInputs } from "./schema/check";
import type { PropertyValues } from "./schema/property";

type Environment = Readonly<Record<string, string | undefined>>;

const variables = {
  apiKey: "HEROKU_API_KEY",
  apiUrl: "HEROKU_API_URL",
  dataUrl: "HEROKU_DATA_URL",
  registryUrl: "HEROKU_REGISTRY_URL",
} as const;

const herokuUrls = {
  apiUrl: "https://api.heroku.com",
  dataUrl: "https://api.data.heroku.com",
  registryUrl: "https://registry.heroku.com",
} as const;

/**
 * Checks the plugin's configuration, environment variables included. What comes from the environment is not among the
 * inputs returned, so the key of whoever runs Pulumi does not get into the state.
 */
export function checkConfiguration(given: PropertyValues, environment: Environment): CheckResult {
  const { inputs, failures } = checkInputs(providerConfig, given);
  const fallback = fromEnvironment(environment);
  const missing: CheckFailure[] = [];
  for (const failure of checkInputs(providerConfig, { ...fallback, ...inputs }).failures) {
    if (failure.property in inputs || !isSetting(failure.property)) continue;
    missing.push({ ...failure, reason: `${failure.reason} (from ${variables[failure.property]})` });
  }
  if (inputs.apiKey === undefined && fallback.apiKey === undefined) {
    const advice = "set it with `pulumi config set --secret heroku-native:apiKey` or in HEROKU_API_KEY";
    missing.push({ property: "apiKey", reason: `Heroku API key is missing, got none; ${advice}` });
  }
  return { inputs, failures: [...failures, ...missing] };
}

/** Settings from the plugin's configuration, then the environment, then Heroku's own. */
export function settingsFrom(configured: ProviderConfig, environment: Environment): HerokuSettings {
  const fallback = fromEnvironment(environment);
  const setting = (name: keyof typeof variables) => configured[name] ?? fallback[name];
  return {
    apiKey: setting("apiKey") ?? "",
    apiUrl: setting("apiUrl") ?? herokuUrls.apiUrl,
    dataUrl: setting("dataUrl") ?? herokuUrls.dataUrl,
    registryUrl: setting("registryUrl") ?? herokuUrls.registryUrl,
  };
}

function fromEnvironment(environment: Environment): Partial<Record<keyof typeof variables, string>> {
  const found: Partial<Record<keyof typeof variables, string>> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const value = environment[variable];
    // An empty variable counts as none: CI systems set those for secrets that a fork does not get.
    if (isSetting(name) && value) found[name] = value;
  }
  return found;
}

function isSetting(name: string): name is keyof typeof variables {
  return name in variables;
}
