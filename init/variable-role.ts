import type { SettingsVariable } from "./read-settings";

/** What a variable is for, as its name and its use tell. */
export type Role =
  | "secretKey"
  | "hosts"
  | "origins"
  | "siteUrl"
  | "siteHost"
  | "debug"
  | "databaseUrl"
  | "redisUrl"
  | "redisPart"
  | "sslRedirect"
  | "concurrency"
  | "platform"
  | "secret"
  | "other";

/** Names that Heroku or its add-ons give a value. */
const PLATFORM =
  /^(PORT|DYNO|DATABASE_URL|REDIS_URL|HEROKU_\w+|SOURCE_VERSION|STACK|HOME|PATH|PWD|USER|HOSTNAME|TMPDIR|LANG|DJANGO_SETTINGS_MODULE|CI|CONTINUOUS_INTEGRATION|GITHUB_\w+)$/;

export function roleOf({ name, setting, fallback }: SettingsVariable): Role {
  if (setting === "SECRET_KEY" || /^(DJANGO|APP|FLASK)?_?SECRET_KEY$/.test(name)) return "secretKey";
  if (setting === "ALLOWED_HOSTS" || /^((DJANGO|APP|WEB|SITE|BACKEND|SERVER|API)_)?ALLOWED_HOSTS?$/.test(name))
    return "hosts";
  if (setting === "CSRF_TRUSTED_ORIGINS" || /CSRF_TRUSTED_ORIGINS$/.test(name)) return "origins";
  if (setting === "DEBUG" || /^(DJANGO_|APP_)?DEBUG$/.test(name)) return "debug";
  if (setting === "SECURE_SSL_REDIRECT" || /SSL_REDIRECT$/.test(name)) return "sslRedirect";
  if (name === "WEB_CONCURRENCY") return "concurrency";
  if (PLATFORM.test(name)) return "platform";
  if (/^(DB|DATABASE|POSTGRES|POSTGRESQL|PG|DJANGO_DATABASE)_?(URL|URI|DSN)$/.test(name)) return "databaseUrl";
  if (
    /^rediss?:\/\//.test(textOf(fallback)) ||
    /(REDIS|BROKER|CACHE|CHANNEL\w*|RESULT_BACKEND)\w*_(URL|URI|LOCATION)$|^CELERY_RESULT_BACKEND$/.test(name)
  ) {
    return /(AMQP|RABBIT|MEMCACHE)/.test(name) || /^(amqp|mem)/.test(textOf(fallback)) ? "other" : "redisUrl";
  }
  if (/REDIS\w*_(HOST|PORT|PASSWORD|DB)$/.test(name)) return "redisPart";
  if (/^(DJANGO_)?(SITE|APP|BASE|ROOT|PUBLIC|SERVER|BACKEND|WEB|EXTERNAL|CANONICAL)_?(URL|ORIGIN|ROOT)$/.test(name))
    return isLocal(fallback) ? "siteUrl" : "other";
  if (/^(DJANGO_)?(SITE|APP|BASE|PRIMARY|PUBLIC|SERVER|CANONICAL)_?(HOST|DOMAIN|HOSTNAME)$|^DOMAIN$/.test(name))
    return isLocal(fallback) ? "siteHost" : "other";
  return isSecretName(name) ? "secret" : "other";
}

/** Whether a default means that the name has to be given: there is none, or it leads to the machine itself. */
const isLocal = (fallback: string | undefined): boolean =>
  fallback === undefined || /localhost|127\.0\.0\.1|example\.|0\.0\.0\.0/.test(fallback);

export const isSecretName = (name: string): boolean =>
  /(SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|_KEY|DSN|CREDENTIALS?|SALT|WEBHOOK)(_|$)/.test(
    name,
  ) && !/PUBLI(C|SHABLE)|KEY_PREFIX/.test(name);

const textOf = (fallback: string | undefined): string => (fallback ?? "").replace(/^[rbuf]?["']/, "");

/** In which form settings want a list of host names. */
export function listForm({ line, type }: SettingsVariable, context: string): "comma" | "space" | "json" {
  const use = line.includes(".split(") || /json|literal_eval/.test(line) ? line : context;
  if (/json\.loads|literal_eval/.test(use) || type === "json") return "json";
  if (/\.split\(\s*\)|\.split\(\s*["'] ["']\s*\)/.test(use)) return "space";
  return "comma";
}
