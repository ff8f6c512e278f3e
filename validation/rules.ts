import { CATALOG_DATE, DYNO_SIZES, EVICTION_POLICIES, POSTGRES_PLANS, REDIS_PLANS, REGIONS } from "./catalog";

/**
 * A rule takes a value as the user wrote it and answers what is wrong with it, or undefined.
 * The answer completes a sentence that begins with the name of the key or argument.
 */
export type Rule = (value: unknown) => string | undefined;

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** `must be <what>, got <value>; <fix>`: the one wording of every issue. */
export const mustBe = (what: string, value: unknown, fix: string): string =>
  `must be ${what}, got ${show(value)}; ${fix}`;

/** The known name with the fewest edits, so that a typing error answers with what was meant. */
export function nearest(value: string, known: readonly string[]): string | undefined {
  const scored = known.map((name) => ({ name, distance: editDistance(value.toLowerCase(), name) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(2, Math.floor(value.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitute));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

function oneOf(what: string, known: readonly string[], normalise = (value: string) => value): Rule {
  return (value) => {
    if (typeof value === "string" && known.includes(normalise(value))) return undefined;
    const meant = typeof value === "string" ? nearest(value, known) : undefined;
    const all = `allowed values are ${known.join(", ")}`;
    return mustBe(what, value, meant ? `did you mean "${meant}"? ${all}` : all);
  };
}

const wholeNumber = (what: string, min: number, max: number, fix: string): Rule => {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : mustBe(what, value, fix);
};

const matching = (what: string, pattern: RegExp, fix: string): Rule => {
  return (value) => (typeof value === "string" && pattern.test(value) ? undefined : mustBe(what, value, fix));
};

/** A plan may be written with its service, `heroku-postgresql:essential-0`, or without. */
const plan = (service: string, title: string, plans: readonly string[]): Rule =>
  oneOf(`a ${title} plan known in ${CATALOG_DATE}`, plans, (value) => value.replace(`${service}:`, ""));

export const postgresPlan: Rule = plan("heroku-postgresql", "Heroku Postgres", POSTGRES_PLANS);
export const redisPlan: Rule = plan("heroku-redis", "Heroku Key-Value Store", REDIS_PLANS);
export const dynoSize: Rule = oneOf("a dyno size", DYNO_SIZES, (value) => value.toLowerCase());
export const region: Rule = oneOf("a Heroku region", REGIONS);
export const evictionPolicy: Rule = oneOf("an eviction policy", EVICTION_POLICIES);

export const quantity: Rule = wholeNumber(
  "a whole number from 0 to 100",
  0,
  100,
  "write how many dynos to run, e.g. 1",
);
export const secondsToAnHour: Rule = wholeNumber("a whole number of seconds from 1 to 3600", 1, 3_600, "e.g. 1");
export const healthThreshold: Rule = wholeNumber("a whole number from 1 to 100", 1, 100, "e.g. 2");
export const workerCount: Rule = wholeNumber("a whole number from 1 to 1000", 1, 1_000, "write how many run in a dyno");
export const workerMemory: Rule = wholeNumber(
  "a whole number of MB",
  1,
  1_000_000,
  "write what one worker needs, e.g. 70",
);
export const workerConnections: Rule = wholeNumber(
  "a whole number from 0 to 10000",
  0,
  10_000,
  "write how many connections one worker opens at most",
);
export const sizeLimit: Rule = wholeNumber(
  "a whole number of MB from 1 to 100000",
  1,
  100_000,
  "write how large an image may be, e.g. 1000",
);
export const redisTimeout: Rule = wholeNumber(
  "a whole number of seconds from 0 to 86400",
  0,
  86_400,
  "write after how many idle seconds a connection is closed, 0 for never",
);
export const backupHour: Rule = wholeNumber(
  "a whole hour from 0 to 23",
  0,
  23,
  "Heroku starts backups in a whole hour of the schedule's time zone, e.g. 3",
);

/** Majors that Heroku Postgres can create; the running plan decides which are still on sale. */
export const postgresVersion: Rule = matching(
  "a major version in quotes",
  /^1[3-9]$/,
  'write the major alone, e.g. "17", or leave it out for Heroku\'s default',
);

export const appName: Rule = matching(
  "3 to 30 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash",
  /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/,
  "leave it out to have a name made, or choose another",
);

export const processType: Rule = matching(
  "letters, digits, dashes and underscores",
  /^[-\w]{1,128}$/,
  'choose a name such as "web", "worker" or "release"',
);

export const hostname: Rule = matching(
  "a host name",
  /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i,
  "write it without scheme, port or path, e.g. sketch.example.com",
);

export const urlPath: Rule = matching("a path", /^\/[^\s?#]*$/, 'begin it with a slash, e.g. "/health"');

/** The value stays out of the message, as it may hold a password. */
export const sourceUrl: Rule = (value) =>
  typeof value === "string" && /^https?:\/\/[\w.-]+(:\d+)?(\/[\w.~/+-]*)?$/.test(value)
    ? undefined
    : "must be the URL of the source without user, password or query; write it as in https://git.example.com/us/app";

/** The value stays out of the message: drain URLs carry credentials. */
export const drainUrl: Rule = (value) =>
  typeof value === "string" && /^(https|syslog\+tls|syslog):\/\/[^\s/]+/.test(value)
    ? undefined
    : "must be a log drain URL; begin it with https://, syslog+tls:// or syslog://";

/** Zones are checked against the runtime's own IANA data, so there is no list to grow old. */
export const timezone: Rule = (value) => {
  const reason = mustBe("an IANA time zone", value, 'write "UTC" or Area/City, e.g. "Europe/Berlin"');
  if (typeof value !== "string" || !/^(UTC|[A-Za-z]+(\/[A-Za-z0-9_+-]+)+)$/.test(value)) return reason;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return undefined;
  } catch {
    return reason;
  }
};

/** Config vars an add-on of this program owns: Heroku refuses to set them (422). */
const ADDON_CONFIG_VARS: Readonly<Record<string, string>> = {
  DATABASE_URL: "Heroku Postgres",
  REDIS_URL: "Heroku Key-Value Store",
};

/** Checks the name of a config var, given as the value. */
export const configVarName: Rule = (value) => {
  if (typeof value !== "string" || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(value) || /^(__|HEROKU_)/.test(value)) {
    return mustBe(
      "letters, digits and underscores, not beginning with a digit, __ or HEROKU_",
      value,
      "rename the config var",
    );
  }
  const owner = ADDON_CONFIG_VARS[value];
  return owner && `is set by ${owner} and cannot be set here; remove it, the add-on keeps it up to date`;
};
