import { LocalHerokuProcess } from "../support/local-heroku-process";
import { otherAppConfig, writeOtherApp } from "../support/other-app";
import { StackDriver } from "../support/stack-driver";

/** What Docker, the registry or Heroku refuses while a stack comes up. After each, the next `up` goes on from there. */
describe("what is refused on the way", () => {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;

  const fails = async (environment: NodeJS.ProcessEnv = {}) => {
    const { code, output } = await stack.with(environment).run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    return output;
  };

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("local", heroku.url, {
      ...otherAppConfig,
      "skechwime:appName": "refused-app",
    });
    writeOtherApp(stack.folder);
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  it("says that no Docker engine answers, and where it looked", async () => {
    const output = await fails({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
    expect(output).toContain("/nowhere/docker.sock");
  });

  it("says what the registry refused", async () => {
    await heroku.control("POST", "/faults", { method: "PUT", path: "^/v2/.*/manifests/", status: 403, times: 1_000 });
    const output = await fails();
    expect(output).toContain("refused-app/web");
    await heroku.control("DELETE", "/faults");
  });

  it("says that an add-on could not be provisioned", async () => {
    await heroku.control("POST", "/faults", { service: "heroku-postgresql" });
    const output = await fails();
    expect(output).toContain("deprovisioned");
  });

  it("goes on from there, and leaves no orphan", async () => {
    await stack.up();
    expect(await heroku.api<unknown[]>("GET", "/apps")).toHaveLength(1);
    expect(await heroku.api<unknown[]>("GET", "/addons")).toHaveLength(2);
    expect(await stack.preview()).toEqual([]);
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });
});
