import {
  CATALOG_DATE,
  DYNO_SIZES,
  EVICTION_POLICIES,
  POSTGRES_PLANS,
  PREFLIGHT_CHECKS,
  REDIS_PLANS,
  REGIONS,
} from "./catalog";
import { HOSTS_FORMS } from "./hosts";
import { hidden, matching, mustBe, oneOf, type Rule, rule, wholeNumber } from "./rule";

export const text: Rule<"string"> = matching("text", /(?:)/, "put it in quotes");
export const secretText: Rule<"string"> = hidden("text", /(?:)/, "put it in quotes");
export const flag: Rule<"boolean"> = rule(
  "boolean",
  "true or false",
  () => true,
  (value) => mustBe("true or false", value, "write it without quotes"),
);

/** A plan may be written with its service, `heroku-postgresql:essential-0`, or without. */
const plan = (service: string, title: string, plans: readonly string[]): Rule<"string"> =>
  oneOf(`a ${title} plan known in ${CATALOG_DATE}`, plans, (value) => value.replace(`${service}:`, ""));

export const postgresPlan = plan("heroku-postgresql", "Heroku Postgres", POSTGRES_PLANS);
export const redisPlan = plan("heroku-redis", "Heroku Key-Value Store", REDIS_PLANS);
export const dynoSize = oneOf("a dyno size", DYNO_SIZES, (value) => value.toLowerCase());
export const region = oneOf("a Heroku region", REGIONS);
export const evictionPolicy = oneOf("an eviction policy", EVICTION_POLICIES);

export const quantity = wholeNumber(0, 100, "write how many dynos to run, e.g. 1");
export const releaseTimeout = wholeNumber(1, 3_600, "Heroku ends a release phase after an hour", "number of seconds");
export const healthInterval = wholeNumber(1, 3_600, "e.g. 1", "number of seconds");
export const healthTimeout = wholeNumber(1, 3_600, "e.g. 300", "number of seconds");
/** How long dynos without a health route have to stay up. */
export const settleTime = wholeNumber(0, 3_600, "e.g. 10", "number of seconds");
export const healthThreshold = wholeNumber(1, 100, "e.g. 2");
export const workerCount = wholeNumber(1, 1_000, "write how many run in a dyno");
export const workerMemory = wholeNumber(1, 1_000_000, "write what one worker needs, e.g. 70", "number of MB");
export const workerConnections = wholeNumber(0, 10_000, "write how many connections one worker opens at most");
export const sizeLimit = wholeNumber(1, 100_000, "write how large an image may be, e.g. 1000", "number of MB");
/** Docker runs nothing in less than 6 MB. */
export const memoryLimit = wholeNumber(6, 1_000_000, "write the memory of the dyno, e.g. 512", "number of MB");
export const redisTimeout = wholeNumber(
  0,
  86_400,
  "write after how many idle seconds a connection is closed, 0 for never",
  "number of seconds",
);
export const backupHour = wholeNumber(
  0,
  23,
  "Heroku starts backups in a whole hour of the schedule's time zone, e.g. 3",
  "hour",
);

/** Majors that Heroku Postgres can create; the running plan decides which are still on sale. */
export const postgresVersion = matching(
  "a major version in quotes",
  /^1[3-9]$/,
  'write only the major, e.g. "17", or leave it out for Heroku\'s default',
);

export const appName = matching(
  "3 to 30 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash",
  /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/,
  "leave it out to have a name made, or choose another",
);

export const team = matching("the name of a Heroku team", /\S/, "leave it out for a personal app");

/** Heroku takes capitals too, but an image is pushed to a repository of this name, and registries take none. */
export const processType = matching(
  "at most 128 lower-case letters and digits, with single dashes or underscores between them",
  /^(?!constructor$|prototype$)(?=.{1,128}$)[a-z0-9]+([-_][a-z0-9]+)*$/,
  'choose a name such as "web", "worker" or "release"',
);

export const command = matching(
  "a shell command",
  /^[^\0]*\S[^\0]*$/,
  "write what its dynos run, e.g. celery -A shop worker",
);
export const hostsForm = oneOf("a form of host names", HOSTS_FORMS);
export const addonPlan = matching(
  "the plan of an add-on service",
  /^[a-z0-9]+(-[a-z0-9]+)*:[a-z0-9]+([-_.][a-z0-9]+)*$/i,
  'write "<service>:<plan>", e.g. scheduler:standard',
);
export const preflightCheck = oneOf("a check of the preflight", PREFLIGHT_CHECKS);

/** A top-level domain in other letters is written as Punycode: `xn--p1ai`. */
export const hostname = matching(
  "a host name",
  /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/i,
  "write it without scheme, port or path, e.g. sketch.example.com",
);

/** It may have a query. Two slashes would begin the name of another host. */
export const urlPath = matching("a path", /^\/(?!\/)[^\s#]*$/, 'begin it with one slash, e.g. "/health"');

/** Status of an HTTP response. */
export const httpStatus = wholeNumber(100, 599, "e.g. 200");

/** The value may contain a password, which must not be shown. */
export const serverUrl = rule(
  "string",
  "the http or https URL of a server",
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && value.replace(/\/$/, "") === url.origin;
  },
  (value) => {
    const fix = 'write it without user, path and query, e.g. "https://api.heroku.com"';
    const isSecret = typeof value === "string" && value.includes("@");
    return isSecret
      ? `must be the http or https URL of a server; ${fix}`
      : mustBe("the http or https URL of a server", value, fix);
  },
);

export const sourceUrl = hidden(
  "the URL of the source without user, password or query",
  /^https?:\/\/[\w.-]+(:\d+)?(\/[\w.~/+-]*)?$/,
  "write it as in https://git.example.com/us/app",
);

export const drainUrl = hidden(
  "a log drain URL",
  /^(https|syslog\+tls|syslog):\/\/[^\s/]+/,
  "begin it with https://, syslog+tls:// or syslog://",
);

/**
 * "UTC" or Area/City: words such as CET mean different zones to different programs. Zones are checked against the
 * runtime's own IANA data, so there is no list to maintain.
 */
export const timezone = rule(
  "string",
  "an IANA time zone",
  (value) => value === "UTC" || (knownZone(value) !== undefined && respelledZone(value) === undefined),
  (value) => {
    const respelled = typeof value === "string" ? respelledZone(value) : undefined;
    const fix = respelled === undefined ? 'write "UTC" or Area/City, e.g. "Europe/Berlin"' : `write "${respelled}"`;
    return mustBe("an IANA time zone", value, fix);
  },
);

function knownZone(value: string): string | undefined {
  if (!/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(value)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** A zone that is written with other capitals; Node takes them, Heroku does not. */
function respelledZone(value: string): string | undefined {
  const known = knownZone(value);
  return known !== value && known?.toLowerCase() === value.toLowerCase() ? known : undefined;
}

/** Config vars that Heroku overrides in each dyno. */
const DYNO_VARS = ["PORT", "DYNO"];

const CONFIG_VAR_NAME = "letters, digits and underscores, not beginning with a digit, __ or HEROKU_";

/** Checks the name of a config var, given as the value. */
export const configVarName = rule(
  "string",
  CONFIG_VAR_NAME,
  (value) => /^(?!__|HEROKU_)[A-Za-z_][A-Za-z0-9_]*$/.test(value) && !DYNO_VARS.includes(value),
  (value) =>
    DYNO_VARS.includes(String(value))
      ? "is set by Heroku for each dyno; remove it"
      : mustBe(CONFIG_VAR_NAME, value, "rename the config var"),
);
