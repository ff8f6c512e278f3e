import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { otherAppConfig, writeOtherApp } from "../support/other-app";
import { StackDriver } from "../support/stack-driver";

interface Resource {
  type: string;
  urn: string;
  outputs?: Record<string, unknown>;
}

describe("the preflight", () => {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;
  const noCommand =
    'other/Dockerfile line 1: FROM debian:trixie-slim AS site must have a command, got that of its base image, "bash"; ' +
    'add a CMD, e.g. CMD ["sh", "bin/start"]';

  const edit = (change: (dockerfile: string) => string) => {
    const file = join(stack.folder, "other/Dockerfile");
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  /** Status of the registry's answer about an image. */
  const manifest = async (type: string) => {
    const authorization = `Basic ${Buffer.from("_:local-heroku").toString("base64")}`;
    return (await fetch(`${heroku.url}/v2/tried-app/${type}/manifests/latest`, { headers: { authorization } })).status;
  };

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("local", heroku.url, { ...otherAppConfig, "skechwime:appName": "tried-app" });
    writeOtherApp(stack.folder);
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  it("pushes nothing of an image that it refuses, and names the line to change", async () => {
    edit((dockerfile) => dockerfile.replace('CMD ["perl"', '# CMD ["perl"'));
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain("the app is not ready for Heroku:");
    expect(output).toContain(`- web: ${noCommand}`);
    expect(await manifest("web")).toBe(404);
    expect(await heroku.api("GET", "/apps/tried-app/formation")).toEqual([]);
  });

  it("fails a preview that is asked to try, and only that", async () => {
    await stack.preview();
    stack.configure({ "skechwime:preflight": { onPreview: true } });
    const { code, output } = await stack.run("preview");
    expect(code).not.toBe(0);
    expect(output).toContain(noCommand);
  });

  it("lets the very image through that it tried, once it is mended", async () => {
    edit((dockerfile) => dockerfile.replace('# CMD ["perl"', 'CMD ["perl"'));
    stack.configure({ "skechwime:preflight": { releaseCheck: "test -e /verdict" } });
    const output = await stack.up();
    expect(output).toContain("has no curl, without which Heroku shows no output of the release phase");
    const { deployment }: { deployment: { resources: Resource[] } } = JSON.parse(await stack.export());
    const [tried, ...others] = deployment.resources.filter(({ type }) => type === "heroku-native:index:AppPreflight");
    expect(others).toEqual([]);
    const { image } = await stack.outputs();
    expect(tried?.outputs?.imageIds).toEqual(Object(image).ids);
    expect(Object.keys(Object(image).ids).sort()).toEqual(["release", "web"]);
    expect(await manifest("web")).toBe(200);
  });

  it("does not try again what it has passed", async () => {
    expect(await stack.preview()).toEqual([]);
    await stack.refresh();
    expect(await stack.preview()).toEqual([]);
  });

  it("fails an update whose check does not succeed, and leaves what runs", async () => {
    stack.configure({ "skechwime:preflight": { releaseCheck: "echo W004; exit 1" } });
    const before = await heroku.api<unknown[]>("GET", "/apps/tried-app/releases");
    const { code, output } = await stack.run("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain('- release: preflight.releaseCheck "echo W004; exit 1" must succeed, got exit code 1');
    expect(output).toContain("to release all the same: preflight.skip: [releaseCheck]");
    expect(output).toContain("    W004");
    expect(await heroku.api<unknown[]>("GET", "/apps/tried-app/releases")).toHaveLength(before.length);
  });

  it("is turned off by configuration, and goes down to nothing", async () => {
    stack.configure({ "skechwime:preflight": { enabled: false } });
    expect((await stack.preview()).map(({ op, resource }) => `${op} ${resource}`).sort()).toEqual([
      "delete AppPreflight preflight",
    ]);
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });
});
