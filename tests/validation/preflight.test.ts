import { DYNO_MEMORY, DYNO_SIZES } from "../../validation/catalog";
import { type PreflightSettings, preflightIssues, preflightOf } from "../../validation/preflight";

const settings: PreflightSettings = {
  preflight: { enabled: true, onPreview: false, sizeLimit: 1_000 },
  processTypes: { web: { size: "Standard-2X" }, release: {} },
  healthPath: "/ok",
  healthCheck: {},
  postgres: { plan: "essential-0" },
  redis: {},
  hostsVars: { ALLOWED_HOSTS: "comma" },
  configVars: { HTTPS_ONLY: "false" },
  secretConfigVars: { TOKEN: "hunter2", DSN: "https://hunter2@example.com" },
  generatedSecrets: ["SECRET_KEY"],
};

describe("preflightOf", () => {
  it("runs with plain config vars, names of secret ones, data services and the dynos' memory, and holds no secret", () => {
    const trial = preflightOf(settings);
    expect(trial).toEqual({
      memoryLimits: { web: 1_024, release: 512 },
      sizeLimit: 1_000,
      environment: { ALLOWED_HOSTS: "localhost", HTTPS_ONLY: "false" },
      placeholders: ["DSN", "SECRET_KEY", "TOKEN"],
      postgres: ["DATABASE_URL"],
      redis: ["REDIS_URL"],
      healthPath: "/ok",
      onPreview: false,
    });
    expect(JSON.stringify(trial)).not.toContain("hunter2");
  });

  it("uses the config vars that only the preflight sets, also in the place of a secret or a service", () => {
    const env = { DSN: "https://nobody@localhost", HTTPS_ONLY: "true", DATABASE_URL: "sqlite:////tmp/x" };
    const preflight = { enabled: true, sizeLimit: 500, onPreview: true, releaseCheck: "check", skip: ["size"], env };
    expect(preflightOf({ ...settings, preflight })).toMatchObject({
      sizeLimit: 500,
      onPreview: true,
      releaseCheck: "check",
      skip: ["size"],
      environment: env,
      placeholders: ["SECRET_KEY", "TOKEN"],
      postgres: [],
      redis: ["REDIS_URL"],
    });
    expect(preflightOf({ ...settings, preflight: { ...preflight, env: { REDIS_URL: "" } } })).toMatchObject({
      postgres: ["DATABASE_URL"],
      redis: [],
    });
  });

  it("has only the data services that the app will have", () => {
    expect(preflightOf({ ...settings, postgres: undefined })).toMatchObject({ postgres: [], redis: ["REDIS_URL"] });
    expect(preflightOf({ ...settings, redis: undefined })).toMatchObject({ postgres: ["DATABASE_URL"], redis: [] });
  });

  it("requests what the health check requests", () => {
    const healthCheck = { status: 302, text: "ready", headers: { Host: "shop.example.com" } };
    expect(preflightOf({ ...settings, healthCheck })).toMatchObject({
      healthPath: "/ok",
      healthStatus: 302,
      healthText: "ready",
      healthHeaders: { Host: "shop.example.com" },
    });
  });

  it("adds its own host to the app's host names", () => {
    const configVars = { DOMAINS: ".example.com" };
    const environment = preflightOf({ ...settings, hostsVars: { DOMAINS: "comma" }, configVars })?.environment;
    expect(environment).toMatchObject({ DOMAINS: ".example.com,localhost" });
    expect(environment).not.toHaveProperty("ALLOWED_HOSTS");
  });

  it("is undefined if it is disabled", () => {
    expect(preflightOf({ ...settings, preflight: { ...settings.preflight, enabled: false } })).toBeUndefined();
  });

  it("knows the memory of every dyno size", () => {
    expect(Object.keys(DYNO_MEMORY)).toEqual(DYNO_SIZES);
  });
});

describe("preflightIssues", () => {
  it("require the process type that the check runs in", () => {
    const preflight = { ...settings.preflight, releaseCheck: "check" };
    expect(preflightIssues({ ...settings, preflight })).toEqual([]);
    expect(preflightIssues({ ...settings, preflight, processTypes: { web: {} } })).toEqual([]);
    expect(preflightIssues({ ...settings, preflight, processTypes: { release: {} } })).toEqual([]);
    expect(preflightIssues({ ...settings, processTypes: { worker: {} } })).toEqual([]);
    expect(preflightIssues({ ...settings, preflight, processTypes: { worker: {} } })).toEqual([
      {
        propertyPath: "preflight.releaseCheck",
        reason: 'needs a process type "release" or "web" to run in; add one to processTypes, or remove the check',
      },
    ]);
  });
});
