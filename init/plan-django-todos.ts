import { hasProxyHeader, isTruthy } from "./django-settings";
import type { Facts } from "./facts";
import { placeOf } from "./found";
import type { Role } from "./variable-role";

/** A setting whose value should come from the environment. */
export interface DjangoIssue {
  setting: string;
  role: Role;
}

/** What in Django's settings would not be right on Heroku, with the change to make. */
export function djangoTodos(facts: Facts, isFromEnvironment: (issue: DjangoIssue) => boolean): string[] {
  const { files, django, python } = facts;
  if (django === undefined || django.settingsFiles.length === 0) return [];
  const find = (pattern: RegExp) => {
    for (const path of django.settingsFiles) {
      const match = pattern.exec(files.read(path));
      if (match)
        return {
          value: (match[1] ?? "").trim().replaceAll(/\s+/g, " "),
          at: placeOf(path, files.read(path), match.index),
        };
    }
    return undefined;
  };
  const debug = find(/^DEBUG\s*=\s*(True|False)\s*$/m);
  const hosts = find(/^ALLOWED_HOSTS\s*=\s*(\[[^\]]*\])/m);
  const secret = find(/^SECRET_KEY\s*=\s*["']([^"']+)["']/m);
  const origins = find(/^CSRF_TRUSTED_ORIGINS\s*=\s*(\[[^\]]*\])/m);
  const redirect = find(/^SECURE_SSL_REDIRECT\s*=\s*(True)/m);
  const storage = find(/(ManifestStaticFilesStorage)/);
  const todos: string[] = [];
  if (
    hosts !== undefined &&
    !hosts.value.includes("*") &&
    !isFromEnvironment({ setting: "ALLOWED_HOSTS", role: "hosts" })
  ) {
    const local = debug !== undefined && isTruthy(debug.value) && hosts.value === "[]";
    todos.push(
      `${hosts.at} allows ${hosts.value}${local ? ", which with DEBUG is enough on Local Heroku but not on Heroku" : ""}: read ALLOWED_HOSTS from the environment and add it to skechwime:hostsVars`,
    );
  }
  if (debug !== undefined && isTruthy(debug.value) && !isFromEnvironment({ setting: "DEBUG", role: "debug" })) {
    todos.push(`${debug.at} turns debug pages on for everyone: read DEBUG from the environment`);
  }
  if (secret !== undefined && !isFromEnvironment({ setting: "SECRET_KEY", role: "secretKey" })) {
    todos.push(
      `${secret.at} holds the SECRET_KEY for everyone to read: read it from the environment and add it to skechwime:generatedSecrets`,
    );
  }
  if (
    origins !== undefined &&
    origins.value !== "[]" &&
    !isFromEnvironment({ setting: "CSRF_TRUSTED_ORIGINS", role: "origins" })
  ) {
    todos.push(
      `${origins.at} trusts ${origins.value}: forms sent from the app's own address need no entry, those from elsewhere do`,
    );
  }
  if (redirect !== undefined && !hasProxyHeader(facts)) {
    todos.push(
      `${redirect.at} redirects to https without end, as Heroku's router speaks http to the app: set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")`,
    );
  }
  const collects = [...facts.image.runs, facts.entryPoint.script?.text ?? ""].some((text) =>
    text.includes("collectstatic"),
  );
  if (
    !python.has("whitenoise") &&
    find(/^(STATIC_ROOT)\s*=/m) !== undefined &&
    find(/(storages\.backends|STATICFILES_STORAGE|S3Boto)/) === undefined
  ) {
    todos.push(`nothing serves static files in production: add WhiteNoise, or a bucket`);
  }
  if (storage !== undefined && !collects) {
    todos.push(
      `${storage.at} needs what collectstatic writes, and no RUN of ${facts.choice.dockerfile.path} calls it: pages may be errors until it does (the release phase is too late)`,
    );
  }
  return todos;
}
