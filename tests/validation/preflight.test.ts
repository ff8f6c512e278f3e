import { DYNO_MEMORY, DYNO_SIZES } from "../../validation/catalog";
import { type PreflightSettings, preflightIssues, preflightOf } from "../../validation/preflight";

const settings: PreflightSettings = {
  preflight: { enabled: true, onPreview: false, sizeLimit: 1_000 },
  processTypes: { web: { size: "Standard-2X" }, release: {} },
  healthPath: "/ok",
  hostsVar: "ALLOWED_HOSTS",
  configVars: { HTTPS_ONLY: "false" },
  secretConfigVars: { TOKEN: "hunter2", DSN: "https://hunter2@example.com" },
  generatedSecrets: ["SECRET_KEY"],
};

describe("preflightOf", () => {
  it("contains plain config vars, the names of secret ones and the dyno's memory, but no secret", () => {
    const web = preflightOf("web", settings);
    expect(web).toEqual({
      processType: "web",
      healthPath: "/ok",
      memoryLimit: 1_024,
      sizeLimit: 1_000,
      environment: {
        ALLOWED_HOSTS: "localhost",
        DATABASE_URL: "postgres://placeholder:placeholder@127.0.0.1:1/placeholder",
        REDIS_URL: "rediss://:placeholder@127.0.0.1:1",
        HTTPS_ONLY: "false",
      },
      placeholders: ["DSN", "SECRET_KEY", "TOKEN"],
      onPreview: false,
    });
    expect(JSON.stringify(web)).not.toContain("hunter2");
  });

  it("uses config vars of the preflight, even in place of a secret", () => {
    const env = { DSN: "https://nobody@localhost", HTTPS_ONLY: "true" };
    const preflight = { enabled: true, sizeLimit: 500, onPreview: true, releaseCheck: "check", env };
    expect(preflightOf("release", { ...settings, preflight })).toMatchObject({
      memoryLimit: 512,
      sizeLimit: 500,
      onPreview: true,
      releaseCheck: "check",
      environment: env,
      placeholders: ["SECRET_KEY", "TOKEN"],
    });
    expect(preflightOf("web", { ...settings, preflight })).not.toHaveProperty("releaseCheck");
  });

  it("adds its own host to the app's host names", () => {
    const configVars = { DOMAINS: ".example.com" };
    const environment = preflightOf("web", { ...settings, hostsVar: "DOMAINS", configVars })?.environment;
    expect(environment).toMatchObject({ DOMAINS: ".example.com,localhost" });
    expect(environment).not.toHaveProperty("ALLOWED_HOSTS");
  });

  it("is undefined if it is disabled", () => {
    expect(preflightOf("web", { ...settings, preflight: { ...settings.preflight, enabled: false } })).toBeUndefined();
  });

  it("knows the memory of every dyno size", () => {
    expect(Object.keys(DYNO_MEMORY)).toEqual(DYNO_SIZES);
  });
});

describe("preflightIssues", () => {
  it("require the process type that the check runs in", () => {
    const preflight = { ...settings.preflight, releaseCheck: "check" };
    expect(preflightIssues({ ...settings, preflight })).toEqual([]);
    expect(preflightIssues({ ...settings, preflight, processTypes: { web: {} } })).toEqual([
      {
        propertyPath: "preflight.releaseCheck",
        reason: 'needs a process type "release", which is not defined; add it to processTypes, or remove the check',
      },
    ]);
  });
});
