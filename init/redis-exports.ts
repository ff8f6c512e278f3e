import { type Facts, usesRedisFromPython } from "./facts";
import type { ServicesPlan } from "./plan-services";
import type { SettingsVariable } from "./read-settings";
import type { ShellExport } from "./shell-exports";

/** Redis under other names, and with what Python's clients need for Heroku's self-signed certificates. */
export function redisExports(
  facts: Facts,
  services: ServicesPlan,
  variables: readonly SettingsVariable[],
): ShellExport[] {
  if (!services.hasRedis) return [];
  const sources = facts.django?.settingsFiles.map((path) => facts.files.read(path)).join("\n") ?? "";
  const handlesTls = /ssl_cert_reqs/i.test(sources) || !usesRedisFromPython(facts);
  const isExtended = /REDIS_URL\w*["']?\)?\s*\+|\bf["'][^"'\n]*\{[^}\n]*REDIS_URL/.test(sources);
  const isRead = facts.django === undefined || /\bREDIS_URL\b/.test(sources);
  const url = handlesTls || isExtended ? "$REDIS_URL" : "$REDIS_URL?ssl_cert_reqs=none";
  const aliases = variables.filter(
    ({ name, isRequired, fallback }) =>
      isRequired ||
      /redis/.test(fallback ?? "") ||
      (/^(CELERY_)?BROKER_URL$|^CACHE_URL$|REDIS/.test(name) && !isText(fallback)),
  );
  return [
    ...aliases.map(({ name }) => ({ name, value: url })),
    ...(url === "$REDIS_URL" || !isRead ? [] : [{ name: "REDIS_URL", value: url }]),
  ];
}

const isText = (fallback: string | undefined): boolean => /^[rbuf]?["']/.test(fallback ?? "");
