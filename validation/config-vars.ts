import type { Issue } from "./issue";

/** Where config vars come from, under the names of the settings. */
export interface ConfigVarSources {
  configVars: Readonly<Record<string, unknown>>;
  secretConfigVars: Readonly<Record<string, unknown>>;
  generatedSecrets: readonly string[];
  hostsVars: Readonly<Record<string, unknown>>;
  /** Config vars that pass on the web dynos' workers. */
  workerVars: readonly string[];
  /** Whether the app has these add-ons. */
  postgres: boolean;
  redis: boolean;
}

/**
 * Config vars that two sources set, or that something else owns. Which of two sources wins could differ between runs,
 * and Heroku refuses to set those of an add-on (422).
 */
export function configVarIssues(sources: ConfigVarSources): Issue[] {
  const { configVars, secretConfigVars, generatedSecrets, hostsVars, workerVars } = sources;
  const addon = (service: string) =>
    `is set by ${service} and cannot be set here; remove it, the add-on keeps it up to date`;
  const owned = new Map<string, string>([
    ...workerVars.map((name) => [name, "follows from processTypes.web.workers; remove it here"] as const),
    ...(sources.postgres ? [["DATABASE_URL", addon("Heroku Postgres")] as const] : []),
    ...(sources.redis ? [["REDIS_URL", addon("Heroku Key-Value Store")] as const] : []),
  ]);
  const set = Object.entries({
    configVars: Object.keys(configVars),
    secretConfigVars: Object.keys(secretConfigVars),
    generatedSecrets,
  }).flatMap(([key, names]) => names.map((name) => ({ key, name, propertyPath: `${key}.${name}` })));
  return set.flatMap(({ key, name, propertyPath }, at) => {
    const other = set.slice(0, at).find((earlier) => earlier.name === name);
    const isSecretHost = Object.hasOwn(hostsVars, name) && key !== "configVars";
    const reason =
      owned.get(name) ??
      (other && `is set by ${other.propertyPath} too; remove one of them`) ??
      (isSecretHost
        ? "holds host names, which are not secret; move it to configVars, or remove it from hostsVars"
        : undefined);
    return reason === undefined ? [] : [{ propertyPath, reason }];
  });
}
