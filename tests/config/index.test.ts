import * as pulumi from "@pulumi/pulumi";
import { loadSettings } from "../../config";
import { configure, issues, projectFile, restoreEnvironment, startUnconfigured } from "../support/configuration";
import { resolved } from "../support/recorder";

describe("loadSettings", () => {
  beforeEach(startUnconfigured);
  afterAll(restoreEnvironment);

  it("passes the workers to the web dynos and adds up all connections", () => {
    const web = { target: "web", size: "basic", quantity: 1, workers: { count: 2, memory: 70, postgres: 4 } };
    configure({ "skechwime:processTypes": { web }, "skechwime:configVars": { LOG_LEVEL: "info" } });
    const settings = loadSettings(() => undefined);
    expect(settings.configVars).toEqual({ WEB_CONCURRENCY: "2", DATABASE_POOL_SIZE: "4", LOG_LEVEL: "info" });
    expect(settings.connections).toEqual({ postgres: "9 of 20: web 1 × 2 × 4, backup 1", redis: "0 of 20" });
  });

  it.each(["local", "dev", "prod"])("accepts the committed Pulumi.%s.yaml", (stack) => {
    const { config } = projectFile<unknown>(`Pulumi.${stack}.yaml`);
    configure(config);
    expect(issues()).toEqual([]);
  });

  it("splits process types into build stages and formation, without release in the formation", () => {
    configure({ "skechwime:processTypes": { web: { target: "web" }, release: { target: "release" } } });
    const { targets, formation } = loadSettings(() => undefined);
    expect(targets).toEqual({ web: "web", release: "release" });
    expect(formation).toEqual({ web: { size: "basic", quantity: 1 } });
  });

  it("makes secret config vars and the API key secret", async () => {
    const key = "skechwime:secretConfigVars";
    configure({ [key]: { TOKEN: "hunter2" } }, [key]);
    const { secretConfigVars, registry, heroku } = loadSettings(() => undefined);
    for (const output of [secretConfigVars.TOKEN, registry.password, heroku.apiKey]) {
      expect(output && (await pulumi.isSecret(output))).toBe(true);
    }
    expect(await resolved(registry.password)).toBe("key");
  });

  it("fills in defaults", () => {
    configure({ "skechwime:processTypes": { web: { size: undefined, workers: {} } } });
    const settings = loadSettings(() => undefined);
    expect(settings).toMatchObject({
      formation: { web: { size: "basic", quantity: 1 } },
      healthCheck: { path: "/health", interval: 1, timeout: 300, threshold: 2 },
      build: { context: "./app", dockerfile: "Dockerfile" },
    });
    expect([settings.team, settings.appName]).toEqual([undefined, undefined]);
  });

  it("keeps an API key from the environment out of the provider's inputs", () => {
    process.env.HEROKU_API_KEY = "from-the-environment";
    configure({ "heroku:apiKey": undefined });
    expect(loadSettings(() => undefined).heroku.apiKey).toBeUndefined();
  });

  it("requires neither build context nor Docker engine if images are promoted", () => {
    configure({ "skechwime:build": { context: "./nowhere" }, "skechwime:images": { stack: "dev" } });
    const engine = jest.fn(() => ({ propertyPath: "Docker engine", reason: "must be running" }));
    expect(loadSettings(engine).images).toEqual({ stack: "dev" });
    expect(engine).not.toHaveBeenCalled();
  });
});
