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

  it("says before anything is made that no Docker engine answers, and where it was looked for", async () => {
    await heroku.clearRequests();
    const output = await fails({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
    expect(output).toContain("Docker engine must be running to build the images");
    expect(output).toContain("unix:///nowhere/docker.sock");
    expect(await heroku.requests()).toEqual([]);
  });

  it("says that an add-on could not be provisioned, and goes on from there", async () => {
    await heroku.control("POST", "/faults", { service: "heroku-postgresql" });
    expect(await fails()).toContain("deprovisioned");
    await stack.up();
    expect(await heroku.api<unknown[]>("GET", "/apps")).toHaveLength(1);
    expect(await heroku.api<unknown[]>("GET", "/addons")).toHaveLength(2);
    expect(await stack.preview()).toEqual([]);
  });

  it("says what the registry refused, and goes on from there", async () => {
    await heroku.api("PATCH", "/apps/refused-app", { build_stack: "heroku-24" });
    writeOtherApp(stack.folder, "0 ");
    expect(await fails()).toContain("denied");
    await heroku.api("PATCH", "/apps/refused-app", { build_stack: "container" });
    await stack.up();
    expect(await stack.preview()).toEqual([]);
  });

  it("goes down to nothing", async () => {
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
    expect(await heroku.api("GET", "/addons")).toEqual([]);
  });
});
