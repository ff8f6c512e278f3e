import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure, issues, restoreEnvironment, startUnconfigured } from "../support/configuration";

describe("loadSettings, with issues", () => {
  beforeEach(startUnconfigured);
  afterAll(restoreEnvironment);

  it("rejects connections beyond the plan and config vars that follow from the workers", () => {
    const web = { target: "web", size: "basic", quantity: 1, workers: { count: 5, postgres: 4 } };
    configure({ "skechwime:processTypes": { web }, "skechwime:configVars": { WEB_CONCURRENCY: "2" } });
    expect(issues()).toEqual([
      expect.stringContaining("skechwime:postgres.plan must be a plan that allows the connections of all dynos"),
      "skechwime:configVars.WEB_CONCURRENCY follows from processTypes.web.workers; remove it here",
    ]);
  });

  it("reports every issue at once, each with key, value and fix", () => {
    configure({
      "skechwime:region": "mars",
      "skechwime:appName": "My_App",
      "skechwime:processTypes": { web: { target: "wbe", size: "huge", quantity: -1 } },
      "skechwime:postgres": { plan: "essential-0", plam: "x" },
      "skechwime:redis": { plan: "mini", timeout: 1.5 },
      "skechwime:backup": { hour: "6:30", timezone: "Mars/Base" },
      "skechwime:protect": "maybe",
      "skechwime:protct": "true",
    });
    expect(issues()).toEqual([
      expect.stringMatching(/^skechwime:processTypes\.web\.size must be a dyno size, got "huge"; /),
      expect.stringMatching(/^skechwime:processTypes\.web\.quantity must be a whole number from 0 to 100, got -1; /),
      "skechwime:postgres.plam is not a setting; remove it or correct its spelling",
      expect.stringMatching(/^skechwime:redis\.timeout must be a whole number of seconds .* got 1\.5; /),
      expect.stringMatching(/^skechwime:backup\.hour must be a whole hour from 0 to 23, got "6:30"; /),
      expect.stringMatching(/^skechwime:backup\.timezone must be an IANA time zone, got "Mars\/Base"; /),
      expect.stringMatching(/^skechwime:region must be a Heroku region, got "mars"; /),
      expect.stringMatching(/^skechwime:appName must be 3 to 30 lower-case .* got "My_App"; /),
      'skechwime:protect must be true or false, got "maybe"; write it without quotes',
      "skechwime:protct is not a setting; remove it or correct its spelling",
    ]);
  });

  it("checks keys against each other once each is valid", () => {
    configure({
      "skechwime:processTypes": { web: { target: "wbe", quantity: 2 } },
      "skechwime:configVars": { DATABASE_URL: "postgres://" },
      "skechwime:postgres": { plan: "essential-0", settings: { logLockWaits: true } },
    });
    expect(issues()).toEqual([
      expect.stringMatching(
        /^skechwime:processTypes\.web\.target must be a stage of app\/Dockerfile, got "wbe"; its stages are /,
      ),
      "skechwime:processTypes.web.quantity must be 0 or 1 with basic dynos, got 2; choose standard-1x or above to run more",
      "skechwime:configVars.DATABASE_URL is set by Heroku Postgres and cannot be set here; remove it, the add-on keeps it up to date",
      "skechwime:postgres.settings are not offered on essential-0; choose a standard plan or above, or remove them",
    ]);
  });

  it("checks valid keys against each other even if other keys have issues", () => {
    configure({
      "skechwime:processTypes": { web: { target: "wbe", quantity: 2 } },
      "skechwime:postgres": { plan: "essential-0", settings: { logLockWaits: true } },
      "skechwime:backup": { hour: 24 },
      "skechwime:build": { context: "./nowhere", tag: "x" },
      "heroku:apiKey": undefined,
    });
    expect(issues()).toEqual([
      "skechwime:build.tag is not a setting; remove it or correct its spelling",
      expect.stringMatching(/^skechwime:backup\.hour must be a whole hour from 0 to 23, got 24; /),
      expect.stringMatching(/^heroku:apiKey is missing; /),
      expect.stringMatching(/^skechwime:processTypes\.web\.quantity must be 0 or 1 with basic dynos, got 2; /),
      expect.stringMatching(/^skechwime:postgres\.settings are not offered on essential-0; /),
    ]);
  });

  it("checks promoted images against process types and registry", () => {
    const web = `registry.heroku.com/dev/web@sha256:${"a".repeat(64)}`;
    configure({ "skechwime:images": { web }, "heroku-native:registryUrl": "http://localhost:5075" });
    expect(issues()).toEqual([
      expect.stringMatching(/^skechwime:images\.release is missing; write a digest /),
      'skechwime:images.web must be in the registry localhost:5075, got "registry.heroku.com"; promote within one registry',
    ]);
  });

  it("refuses what it does not know of a preflight, and a check that has no image to run in", () => {
    configure({ "skechwime:preflight": { relaseCheck: "true", sizeLimit: "1 GB", skip: ["size", "boots"] } });
    expect(issues()).toEqual([
      'skechwime:preflight.sizeLimit must be a whole number of MB from 1 to 100000, got "1 GB"; write how large an image may be, e.g. 1000',
      expect.stringMatching(/^skechwime:preflight\.skip\[1\] must be a check of the preflight, got "boots"; /),
      "skechwime:preflight.relaseCheck is not a setting; remove it or correct its spelling",
    ]);
    configure({
      "skechwime:preflight": { releaseCheck: "true" },
      "skechwime:processTypes": { worker: { target: "web" } },
    });
    expect(issues()).toEqual([
      'skechwime:preflight.releaseCheck needs a process type "release" or "web" to run in; add one to processTypes, or remove the check',
    ]);
  });

  it("refuses a command of nothing, and values of the health check that no response can have", () => {
    configure({
      "skechwime:processTypes": { web: { target: "web", command: " " } },
      "skechwime:build": { context: "./app", args: { PYTHON: 3 } },
      "skechwime:healthCheck": { status: 600, pages: ["/", "login"], settle: -1 },
    });
    expect(issues()).toEqual([
      expect.stringMatching(/^skechwime:processTypes\.web\.command must be a shell command, got " "; /),
      expect.stringMatching(/^skechwime:build\.args\.PYTHON must be text, got 3; /),
      expect.stringMatching(/^skechwime:healthCheck\.status must be a whole number from 100 to 599, got 600; /),
      expect.stringMatching(/^skechwime:healthCheck\.pages\[1\] must be a path, got "login"; /),
      expect.stringMatching(/^skechwime:healthCheck\.settle must be a whole number of seconds .* got -1; /),
    ]);
  });

  it("names the Dockerfile that is missing where it is set: at its process type, or at the build", () => {
    const processTypes = { web: { target: "web" }, worker: { dockerfile: "Dockerfile.worker", command: "work" } };
    configure({ "skechwime:processTypes": processTypes });
    expect(issues()).toEqual([
      'skechwime:processTypes.worker.dockerfile must be a file, got "Dockerfile.worker"; write its path from the build context ./app',
    ]);
    configure({
      "skechwime:processTypes": { ...processTypes, release: { dockerfile: "./Dockerfile", target: "releas" } },
      "skechwime:build": { context: "./app", dockerfile: "Dockerfil" },
    });
    expect(issues()).toEqual([
      'skechwime:build.dockerfile must be a file, got "Dockerfil"; write its path from the build context ./app',
      expect.stringMatching(/^skechwime:processTypes\.worker\.dockerfile must be a file, got "Dockerfile.worker"; /),
      expect.stringMatching(
        /^skechwime:processTypes\.release\.target must be a stage of app\/Dockerfile, got "releas"; /,
      ),
    ]);
  });

  it("reports a missing build context once", () => {
    configure({ "skechwime:build": { context: "./nowhere" } });
    expect(issues()).toEqual([
      'skechwime:build.context must be a folder that exists, got "./nowhere"; write its path from Pulumi.yaml',
    ]);
  });

  it("requires an API key and encrypted secrets, without showing them", () => {
    configure({
      "heroku:apiKey": undefined,
      "skechwime:secretConfigVars": { TOKEN: "hunter2" },
    });
    expect(issues()).toEqual([
      "skechwime:secretConfigVars must be encrypted; set it with: pulumi config set --secret --path 'skechwime:secretConfigVars'",
      "heroku:apiKey is missing; set the environment variable HEROKU_API_KEY, or run: pulumi config set --secret heroku:apiKey",
    ]);
  });

  it("requires encryption of readable values beside encrypted ones, without showing them", () => {
    const home = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    const stackFile = `config:
  skechwime:secretConfigVars:
    A: { secure: v1:abc }
    B: hunter2
  logDrains:
    - secure: v1:abc
    - https://ann:hunter2@logs.example.com
`;
    configure(
      {
        "skechwime:secretConfigVars": { A: "1", B: "hunter2" },
        "skechwime:logDrains": ["https://one.example.com", "https://ann:hunter2@logs.example.com"],
        "skechwime:build": { context: join(home, "app") },
      },
      ["skechwime:secretConfigVars", "skechwime:logDrains"],
    );
    expect(issues()).toEqual([]);
    try {
      process.chdir(folder);
      writeFileSync("Pulumi.test.yaml", stackFile);
      expect(issues()).toEqual(
        ["skechwime:secretConfigVars.B", "skechwime:logDrains[1]"].map(
          (path) => `${path} must be encrypted; set it with: pulumi config set --secret --path '${path}'`,
        ),
      );
    } finally {
      process.chdir(home);
      rmSync(folder, { recursive: true });
    }
  });

  it("rejects a readable API key for Heroku itself", () => {
    configure({ "heroku:url": undefined });
    expect(issues()).toEqual([
      "heroku:apiKey must be encrypted; set it with: pulumi config set --secret heroku:apiKey",
    ]);
  });

  it("rejects names that a map would lose at any depth, and unknown keys", () => {
    const types = '{"constructor": {"target": "web"}, "web": {"workers": {"__proto__": {}}}}';
    configure({ "skechwime:processTypes": types, "skechwime:constructor": "x" });
    expect(issues()).toEqual([
      "skechwime:processTypes.constructor is a name that cannot be used; choose another",
      "skechwime:processTypes.web.workers.__proto__ is a name that cannot be used; choose another",
      "skechwime:constructor is not a setting; remove it or correct its spelling",
    ]);
  });

  it("rejects an invalid address of the registry, and one with a password without showing it", () => {
    const fix = 'write it without user, path and query, e.g. "https://api.heroku.com"';
    configure({ "heroku-native:registryUrl": "registry.example.com" });
    expect(issues()).toEqual([
      `heroku-native:registryUrl must be the http or https URL of a server, got "registry.example.com"; ${fix}`,
    ]);
    configure({ "heroku-native:registryUrl": "https://me:hunter2@registry.example.com" });
    expect(issues()).toEqual([`heroku-native:registryUrl must be the http or https URL of a server; ${fix}`]);
  });

  it("requires no data services, but a database for a backup", () => {
    const none = { "skechwime:postgres": undefined, "skechwime:redis": undefined, "skechwime:backup": undefined };
    configure({ ...none, "skechwime:configVars": { DATABASE_URL: "postgres://elsewhere" } });
    expect(issues()).toEqual([]);
    configure({ ...none, "skechwime:backup": { hour: 3 } });
    expect(issues()).toEqual(["skechwime:backup needs a database; add postgres, or remove it"]);
  });

  it("rejects a config var, domain or drain that is set twice", () => {
    const drain = "https://ann:hunter2@logs.example.com";
    configure(
      {
        "skechwime:configVars": { SECRET_KEY: "abc" },
        "skechwime:domains": ["a.example.com", "a.example.com"],
        "skechwime:logDrains": [drain, drain],
      },
      ["skechwime:logDrains"],
    );
    expect(issues()).toEqual([
      "skechwime:domains[1] is the same as domains[0]; remove it",
      "skechwime:logDrains[1] is the same as logDrains[0]; remove it",
      "skechwime:generatedSecrets.SECRET_KEY is set by configVars.SECRET_KEY too; remove one of them",
    ]);
  });
});
