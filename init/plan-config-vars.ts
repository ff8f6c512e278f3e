import { hasProxyHeader, isTruthy } from "./django-settings";
import { type Facts, gunicornConfig } from "./facts";
import type { ServicesPlan } from "./plan-services";
import { isDevelopmentSettings } from "./read-django";
import type { SettingsVariable } from "./read-settings";
import { type Setting, setting } from "./stack-file";
import { isSecretName, type Role } from "./variable-role";

/** Config vars that are no secrets: what the project declares, and what its settings should not default to. */
export function configVars(
  facts: Facts,
  services: ServicesPlan,
  of: (...roles: Role[]) => readonly SettingsVariable[],
): Setting[] {
  const { heroku, appJson, image, django, node } = facts;
  const declared = [...(heroku?.configVars ?? [])].map(([name, { value, at }]) => setting(name, value, `${at}.`));
  const fromAppJson = (appJson?.variables ?? []).flatMap(({ name, value, at }) =>
    value === undefined || value === "" || isSecretName(name) || BUILDPACK_VARS.test(name)
      ? []
      : [setting(name, value, `${at}.`)],
  );
  const usesWorkers = of("concurrency").length > 0 || /WEB_CONCURRENCY/.test(gunicornConfig(facts));
  const redirects = hasProxyHeader(facts) ? [] : of("sslRedirect").filter(({ fallback }) => isTruthy(fallback));
  const pg = node?.find("pg");
  const all = [
    ...settingsModule(facts),
    ...of("debug").flatMap((variable) => debugVar(variable, image.environment.get(variable.name)?.value)),
    ...engineVars(facts, services.hasPostgres),
    ...redirects.map(({ name, at }) =>
      setting(name, "False", `guess: ${at} redirects to https, which the settings cannot tell behind Heroku's router.`),
    ),
    ...(usesWorkers ? [setting("WEB_CONCURRENCY", "2", "guess: workers that fit into 512 MB, a basic dyno.")] : []),
    ...(pg === undefined
      ? []
      : [setting("PGSSLMODE", "no-verify", `${pg.at}: pg has to use TLS with a self-signed certificate on Heroku.`)]),
    ...(django === undefined && /(^|\/)(node|bun)\b/.test(image.base) && !image.environment.has("NODE_ENV")
      ? [setting("NODE_ENV", "production")]
      : []),
    ...declared,
    ...fromAppJson,
  ];
  return [...new Map(all.map((one) => [one.key, one])).values()];
}

/** What buildpacks read, which build nothing here. */
const BUILDPACK_VARS = /^(DISABLE_COLLECTSTATIC|NPM_CONFIG_PRODUCTION|BUILDPACK_\w+|PYTHON_RUNTIME_VERSION)$/;

/** The production settings, where the image would use others. */
function settingsModule({ django, image }: Facts): Setting[] {
  const baked = image.environment.get("DJANGO_SETTINGS_MODULE")?.value;
  const { settings: module, defaultSettings } = django ?? {};
  if (module === undefined || baked === module.value || (baked !== undefined && !isDevelopmentSettings(baked)))
    return [];
  if (baked === undefined && defaultSettings?.value === module.value) return [];
  return [
    setting(
      "DJANGO_SETTINGS_MODULE",
      module.value,
      `guess: ${module.at} is for production; ${baked === undefined ? `${defaultSettings?.at ?? "manage.py"} uses ${defaultSettings?.value}` : "the image uses others"}.`,
    ),
  ];
}

function debugVar({ name, at, line, fallback }: SettingsVariable, baked: string | undefined): Setting[] {
  const value = baked ?? fallback;
  if (!isTruthy(value)) return [];
  return [setting(name, /\bint\(/.test(line) ? "0" : "False", `guess: ${at} turns debug pages on by default.`)];
}

/** Which database the settings use, where a variable chooses it. */
function engineVars({ files, django, databaseParts, variables }: Facts, hasPostgres: boolean): Setting[] {
  if (!hasPostgres) return [];
  const engine = databaseParts.get("ENGINE");
  const chosen = (django?.settingsFiles ?? []).flatMap((path) => {
    const compared = /(\w+)["'\])\s]*(?:,[^)\n]*)?\)?\s*==\s*["'](postgres\w*)["']/.exec(files.read(path));
    const variable = variables.find(({ name, setting: own }) => compared?.[1] === name || compared?.[1] === own);
    return variable === undefined
      ? []
      : [setting(variable.name, compared?.[2] ?? "", `guess: ${path} uses PostgreSQL then.`)];
  });
  return [
    ...(engine === undefined
      ? []
      : [setting(engine, "django.db.backends.postgresql", "guess: the engine of DATABASES.")]),
    ...chosen.slice(0, 1),
  ];
}
