import { ContainerApp } from "../../components/container-app";
import { Recorder, resolved } from "../support/recorder";

const appType = "heroku:app/app:App";
const featureType = "heroku:app/feature:Feature";
const drainType = "heroku:drain/drain:Drain";
const configType = "heroku:app/configAssociation:ConfigAssociation";

describe("ContainerApp", () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await Recorder.start({
      outputs: ({ type }) => (type === appType ? { webUrl: "https://sketch-dev-1a2b.herokuapp.com/" } : {}),
    });
  });

  it("creates a protected app on the container stack", async () => {
    const app = new ContainerApp("app", { appName: "sketch-dev" });
    const { inputs, parent, options } = await recorder.only(appType);
    expect(inputs).toEqual({ name: "sketch-dev", region: "us", stack: "container" });
    expect(parent).toContain("skechwime:components:ContainerApp::app");
    expect(options.protect).toBe(true);
    expect(await resolved(app.url)).toBe("https://sketch-dev-1a2b.herokuapp.com");
  });

  it("gives the app to a team", async () => {
    new ContainerApp("app", { appName: "sketch-dev", team: "sketchers", region: "eu" });
    expect((await recorder.only(appType)).inputs).toMatchObject({ organization: { name: "sketchers" }, region: "eu" });
  });

  it("sets all config vars in one association, the secret ones secret", async () => {
    new ContainerApp("app", {
      appName: "sketch-dev",
      domains: ["sketch.example.com"],
      configVars: { LOG_LEVEL: "info" },
      secretConfigVars: { TOKEN: "hunter2" },
      hostsVars: { ALLOWED_HOSTS: "comma" },
    });
    const config = await recorder.only(configType);
    expect(config.inputs).toEqual({
      appId: "app-id",
      vars: { LOG_LEVEL: "info", ALLOWED_HOSTS: "sketch-dev-1a2b.herokuapp.com,sketch.example.com" },
      sensitiveVars: { TOKEN: "hunter2" },
    });
    expect(config.secrets.some((path) => path.startsWith("sensitiveVars"))).toBe(true);
  });

  it("writes wildcards among host names as Django does, and does not override the user's own", async () => {
    const args = {
      appName: "sketch-dev",
      domains: ["*.example.com"],
      hostsVars: { DJANGO_ALLOWED_HOSTS: "comma" as const },
    };
    new ContainerApp("app", args);
    new ContainerApp("other", { ...args, configVars: { DJANGO_ALLOWED_HOSTS: ".example.org" } });
    const first = await recorder.only(configType, "app-config");
    const second = await recorder.only(configType, "other-config");
    expect(first.inputs.vars).toEqual({ DJANGO_ALLOWED_HOSTS: "sketch-dev-1a2b.herokuapp.com,.example.com" });
    expect(second.inputs.vars).toEqual({ DJANGO_ALLOWED_HOSTS: ".example.org" });
  });

  it("declares each domain and drain, the drain as a secret", async () => {
    new ContainerApp("app", {
      appName: "sketch-dev",
      domains: ["sketch.example.com"],
      logDrains: ["https://user:hunter2@logs.example.com"],
    });
    const domain = await recorder.only("heroku:domain/domain:Domain");
    expect([domain.name, domain.inputs.hostname]).toEqual(["app-sketch.example.com", "sketch.example.com"]);
    const drain = await recorder.only(drainType);
    expect(drain.inputs).toEqual({ appId: "app-id", sensitiveUrl: "https://user:hunter2@logs.example.com" });
    expect(drain.secrets).toEqual(["sensitiveUrl"]);
  });

  it("names drains by their URLs, with aliases for names by position", async () => {
    const urls = ["https://one.example.com", "https://two.example.com"];
    new ContainerApp("app", { appName: "sketch-dev", logDrains: urls });
    const [first, second] = await recorder.ofType(drainType);
    expect(first?.name).toMatch(/^app-drain-[0-9a-f]{8}$/);
    expect([first, second].map((drain) => drain?.options.aliases)).toEqual([
      [expect.objectContaining({ name: "app-drain-0" })],
      [expect.objectContaining({ name: "app-drain-1" })],
    ]);

    const later = await Recorder.start({ outputs: () => ({ webUrl: "https://sketch-dev.herokuapp.com/" }) });
    new ContainerApp("app", { appName: "sketch-dev", logDrains: urls.slice(1) });
    expect(await later.only(drainType)).toMatchObject({ name: second?.name, inputs: second?.inputs });
  });

  it("rejects a repeated drain or domain, without showing the drain", () => {
    const twice = ["https://ann:hunter2@logs.example.com", "https://ann:hunter2@logs.example.com"];
    const create = () =>
      new ContainerApp("app", { appName: "sketch-dev", logDrains: twice, domains: ["a.b.de", "a.b.de"] });
    expect(create).toThrow(
      /domains\[1\] is the same as domains\[0\]; remove it\n {2}logDrains\[1\] is the same as logDrains\[0\]; remove it$/,
    );
    expect(create).not.toThrow(/hunter2/);
  });

  it("switches preboot on and off", async () => {
    new ContainerApp("app", { appName: "sketch-dev", preboot: true });
    expect(await recorder.ofType(featureType)).toMatchObject([
      { name: "app-preboot", inputs: { appId: "app-id", name: "preboot", enabled: true } },
      {},
    ]);
  });

  it("enables dyno metadata before the config vars make a release", async () => {
    new ContainerApp("app", { appName: "sketch-dev" });
    const metadata = (await recorder.ofType(featureType)).find(({ name }) => name === "app-dyno-metadata");
    expect(metadata?.inputs).toEqual({ appId: "app-id", name: "runtime-dyno-metadata", enabled: true });
    const config = await recorder.only(configType);
    expect(config.dependencies).toContainEqual(expect.stringMatching(/Feature::app-dyno-metadata$/));
  });

  it("reports every issue at once without secrets and registers nothing", async () => {
    const create = () =>
      new ContainerApp("app", {
        appName: "Sketch",
        region: "mars",
        domains: ["https://x"],
        logDrains: ["ftp://user:hunter2@example.com"],
        configVars: { PORT: "80", BOTH: "1" },
        secretConfigVars: { "2nd": "hunter2", BOTH: "hunter2" },
      });
    expect(create).toThrow(
      /appName must be .*\n {2}region must be .*\n {2}domains\[0\] must be .*\n {2}logDrains\[0\] must be .*\n {2}configVars\.PORT is set by Heroku for each dyno; remove it\n {2}secretConfigVars\.2nd must be .*\n {2}secretConfigVars\.BOTH is set by configVars\.BOTH too; remove one of them$/,
    );
    expect(create).not.toThrow(/hunter2/);
    expect(await recorder.settled()).toEqual([]);
  });
});
