import type { Rule } from "../../validation/rule";
import * as rules from "../../validation/rules";

describe("rules", () => {
  it.each<[string, Rule, unknown]>([
    ["postgresPlan", rules.postgresPlan, "essential-0"],
    ["postgresPlan", rules.postgresPlan, "heroku-postgresql:standard-0"],
    ["redisPlan", rules.redisPlan, "premium-0"],
    ["dynoSize", rules.dynoSize, "Standard-2X"],
    ["region", rules.region, "eu"],
    ["evictionPolicy", rules.evictionPolicy, "allkeys-lru"],
    ["quantity", rules.quantity, 0],
    ["redisTimeout", rules.redisTimeout, 0],
    ["backupHour", rules.backupHour, 23],
    ["postgresVersion", rules.postgresVersion, "17"],
    ["appName", rules.appName, "sketch-dev-1"],
    ["processType", rules.processType, "worker_2"],
    ["hostname", rules.hostname, "*.example.com"],
    ["hostname", rules.hostname, "xn--e1afmkfd.xn--p1ai"],
    ["serverUrl", rules.serverUrl, "http://localhost:5075/"],
    ["timezone", rules.timezone, "Asia/Kolkata"],
    ["urlPath", rules.urlPath, "/health"],
    ["drainUrl", rules.drainUrl, "https://user:word@logs.example.com/in"],
    ["timezone", rules.timezone, "America/Argentina/Buenos_Aires"],
    ["configVarName", rules.configVarName, "LOG_LEVEL"],
  ])("%s accepts %j", (_name, rule, value) => {
    expect(rule(value)).toBeUndefined();
  });

  it.each<[string, Rule, unknown, string]>([
    [
      "quantity",
      rules.quantity,
      -1,
      "must be a whole number from 0 to 100, got -1; write how many dynos to run, e.g. 1",
    ],
    [
      "quantity",
      rules.quantity,
      1.5,
      "must be a whole number from 0 to 100, got 1.5; write how many dynos to run, e.g. 1",
    ],
    [
      "backupHour",
      rules.backupHour,
      24,
      "must be a whole hour from 0 to 23, got 24; Heroku starts backups in a whole hour of the schedule's time zone, e.g. 3",
    ],
    [
      "backupHour",
      rules.backupHour,
      "6:30",
      'must be a whole hour from 0 to 23, got "6:30"; Heroku starts backups in a whole hour of the schedule\'s time zone, e.g. 3',
    ],
    [
      "timezone",
      rules.timezone,
      "Europe/Berln",
      'must be an IANA time zone, got "Europe/Berln"; write "UTC" or Area/City, e.g. "Europe/Berlin"',
    ],
    [
      "appName",
      rules.appName,
      "My_App",
      'must be 3 to 30 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash, got "My_App"; leave it out to have a name made, or choose another',
    ],
    ["configVarName", rules.configVarName, "PORT", "is set by Heroku for each dyno; remove it"],
    [
      "configVarName",
      rules.configVarName,
      "HEROKU_KEY",
      'must be letters, digits and underscores, not beginning with a digit, __ or HEROKU_, got "HEROKU_KEY"; rename the config var',
    ],
    [
      "hostname",
      rules.hostname,
      "https://example.com",
      'must be a host name, got "https://example.com"; write it without scheme, port or path, e.g. sketch.example.com',
    ],
    ["urlPath", rules.urlPath, "health", 'must be a path, got "health"; begin it with one slash, e.g. "/health"'],
    ["urlPath", rules.urlPath, "//a.b/c", 'must be a path, got "//a.b/c"; begin it with one slash, e.g. "/health"'],
    [
      "timezone",
      rules.timezone,
      "europe/berlin",
      'must be an IANA time zone, got "europe/berlin"; write "Europe/Berlin"',
    ],
    [
      "timezone",
      rules.timezone,
      "CET",
      'must be an IANA time zone, got "CET"; write "UTC" or Area/City, e.g. "Europe/Berlin"',
    ],
    [
      "releaseTimeout",
      rules.releaseTimeout,
      3_601,
      "must be a whole number of seconds from 1 to 3600, got 3601; Heroku ends a release phase after an hour",
    ],
    ["flag", rules.flag, "yes", 'must be true or false, got "yes"; write it without quotes'],
    ["text", rules.text, 17, "must be text, got 17; put it in quotes"],
  ])("%s rejects %j", (_name, rule, value, reason) => {
    expect(rule(value)).toBe(reason);
  });

  it("suggests the plan that was meant", () => {
    expect(rules.postgresPlan("esential-0")).toMatch(
      /^must be a Heroku Postgres plan known in [\d-]+, got "esential-0"; did you mean "essential-0"\? allowed values are essential-0, /,
    );
  });

  it("lists the regions for an unknown one", () => {
    expect(rules.region("mars-west-9")).toBe(
      'must be a Heroku region, got "mars-west-9"; allowed values are us, eu, dublin, frankfurt, london, montreal, mumbai, oregon, singapore, sydney, tokyo, virginia',
    );
  });

  it.each([
    "git@git.example.com:us/app",
    "https://ann:hunter2@git.example.com/us",
    "https://git.example.com/?t=hunter2",
  ])("rejects %j as a source without showing it", (source) => {
    expect(rules.sourceUrl("https://git.example.com:8443/us/app")).toBeUndefined();
    expect(rules.sourceUrl(source)).toBe(
      "must be the URL of the source without user, password or query; write it as in https://git.example.com/us/app",
    );
  });

  it("keeps the value of a drain URL out of the message", () => {
    expect(rules.drainUrl("ftp://user:hunter2@example.com")).not.toContain("hunter2");
  });

  it.each(["Worker", "_w", "-w", "a--b", "a b", "constructor", "w".repeat(129)])(
    "rejects %j as a process type, since no registry takes it",
    (name) => {
      expect(rules.processType(name)).toBe(
        `must be at most 128 lower-case letters and digits, with single dashes or underscores between them, got "${name}"; ` +
          'choose a name such as "web", "worker" or "release"',
      );
    },
  );
});
