import { type ConfigVarSources, configVarIssues } from "../../validation/config-vars";

const sources: ConfigVarSources = {
  configVars: { LOG_LEVEL: "info", ALLOWED_HOSTS: ".example.com" },
  secretConfigVars: { TOKEN: "hunter2" },
  generatedSecrets: ["SECRET_KEY"],
  hostsVars: { ALLOWED_HOSTS: "comma" },
  workerVars: ["WEB_CONCURRENCY"],
  postgres: true,
  redis: true,
};
const issues = (more: Partial<ConfigVarSources>) =>
  configVarIssues({ ...sources, ...more }).map(({ propertyPath, reason }) => `${propertyPath} ${reason}`);

describe("configVarIssues", () => {
  it("accepts config vars with one source each", () => {
    expect(issues({})).toEqual([]);
  });

  it("rejects a name that two sources set", () => {
    expect(issues({ secretConfigVars: { LOG_LEVEL: "x", SECRET_KEY: "y" } })).toEqual([
      "secretConfigVars.LOG_LEVEL is set by configVars.LOG_LEVEL too; remove one of them",
      "generatedSecrets.SECRET_KEY is set by secretConfigVars.SECRET_KEY too; remove one of them",
    ]);
    expect(issues({ generatedSecrets: ["A", "A"] })).toEqual([
      "generatedSecrets.A is set by generatedSecrets.A too; remove one of them",
    ]);
  });

  it("rejects what an add-on or the workers set", () => {
    expect(
      issues({ configVars: { REDIS_URL: "x", WEB_CONCURRENCY: "2" }, secretConfigVars: { DATABASE_URL: "x" } }),
    ).toEqual([
      "configVars.REDIS_URL is set by Heroku Key-Value Store and cannot be set here; remove it, the add-on keeps it up to date",
      "configVars.WEB_CONCURRENCY follows from processTypes.web.workers; remove it here",
      "secretConfigVars.DATABASE_URL is set by Heroku Postgres and cannot be set here; remove it, the add-on keeps it up to date",
    ]);
  });

  it("accepts DATABASE_URL without the add-on", () => {
    expect(issues({ secretConfigVars: { DATABASE_URL: "x" }, postgres: false })).toEqual([]);
  });

  it("rejects host names as a secret", () => {
    expect(issues({ configVars: {}, secretConfigVars: { ALLOWED_HOSTS: "x" } })).toEqual([
      "secretConfigVars.ALLOWED_HOSTS holds host names, which are not secret; move it to configVars, or remove it from hostsVars",
    ]);
  });
});
