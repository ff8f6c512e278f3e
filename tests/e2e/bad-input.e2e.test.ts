import { LocalHerokuProcess } from "../support/local-heroku-process";
import { otherAppConfig, writeOtherApp } from "../support/other-app";
import { StackDriver } from "../support/stack-driver";
import { visit } from "../support/visitor";

describe("what goes wrong", () => {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("local", heroku.url, {
      ...otherAppConfig,
      "skechwime:appName": "the-other-app",
    });
    writeOtherApp(stack.folder, "3");
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  it("names all faults of the configuration at once and asks nothing of Heroku", async () => {
    stack.configure({ "skechwime:region": "mars", "skechwime:backup": { hour: 24, timezone: "Mars/Base" } });
    await heroku.clearRequests();
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    for (const fault of [
      'skechwime:region must be a Heroku region, got "mars"',
      "skechwime:backup.hour must be a whole hour from 0 to 23, got 24",
      'skechwime:backup.timezone must be an IANA time zone, got "Mars/Base"',
    ]) {
      expect(output).toContain(fault);
    }
    expect(await heroku.requests()).toEqual([]);
    stack.configure({ "skechwime:region": "us", "skechwime:backup": { hour: 3, timezone: "UTC" } });
  });

  it("says that the API key is wrong, without showing it", async () => {
    stack.configure({ "heroku:apiKey": "a-wrong-key-0123" });
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain("Invalid credentials provided");
    expect(output).not.toContain("a-wrong-key-0123");
    stack.configure({ "heroku:apiKey": "local-heroku" });
  });

  it("says that the name is taken", async () => {
    const taken = await heroku.api<{ id: string }>("POST", "/apps", { name: "the-other-app" });
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain("Name the-other-app is already taken");
    await heroku.api("DELETE", `/apps/${taken.id}`);
  });

  it("shows the output of a release phase that failed", async () => {
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain("migrating the other app");
  });

  it("goes on from there once the fault is mended, and leaves no orphan", async () => {
    writeOtherApp(stack.folder);
    await stack.up();
    const { healthUrl } = await stack.outputs();
    expect(await visit(String(healthUrl))).toMatchObject({
      status: 200,
      body: expect.stringContaining(`"dyno": "web.1"`),
    });
    expect(await heroku.api<unknown[]>("GET", "/apps")).toHaveLength(1);
    expect(await heroku.api<unknown[]>("GET", "/addons")).toHaveLength(2);
    expect(await stack.preview()).toEqual([]);
  });

  it("says where it looked when Local Heroku is not running", async () => {
    await heroku.end();
    const { code, output } = await stack.run("refresh", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain(heroku.url.replace("http://", ""));
    await heroku.resume();
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });
});
