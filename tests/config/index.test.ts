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

  it("splits process types into what is built and formation, and leaves release out of the formation", () => {
    const worker = { target: "web", command: "celery worker", size: "standard-1x", quantity: 2 };
    const processTypes = { web: { target: "web" }, worker, release: { dockerfile: "./Dockerfile" } };
    configure({ "skechwime:processTypes": processTypes });
    const { types, formation } = loadSettings(() => undefined);
    expect(types).toEqual({
      web: { target: "web" },
      worker: { target: "web", command: "celery worker" },
      release: { dockerfile: "./Dockerfile" },
    });
    expect(formation).toEqual({
      web: { size: "basic", quantity: 1 },
      worker: { size: "standard-1x", quantity: 2 },
    });
  });

  it("tries the app with the health check's request, and config vars that follow from the workers", () => {
    const web = { target: "web", size: "standard-2x", workers: { count: 2, postgres: 4 } };
    configure({
      "skechwime:processTypes": { web, release: { target: "release" } },
      "skechwime:healthPath": "/up",
      "skechwime:healthCheck": { status: 204, text: "ready", headers: { Host: "shop.example.com" }, pages: ["/"] },
      "skechwime:preflight": { skip: ["size"] },
    });
    const { trial, healthCheck } = loadSettings(() => undefined);
    expect(healthCheck).toMatchObject({ path: "/up", status: 204, pages: ["/"] });
    expect(trial).toMatchObject({
      memoryLimits: { web: 1_024, release: 512 },
      environment: { WEB_CONCURRENCY: "2", DATABASE_POOL_SIZE: "4" },
      postgres: ["DATABASE_URL"],
      redis: ["REDIS_URL"],
      healthPath: "/up",
      healthStatus: 204,
      healthText: "ready",
      healthHeaders: { Host: "shop.example.com" },
      skip: ["size"],
    });
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
