import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { otherAppConfig, writeOtherApp } from "../support/other-app";
import { expectSoon } from "../support/soon";
import { StackDriver } from "../support/stack-driver";
import { visit } from "../support/visitor";

interface Release {
  description: string;
  status: string;
}

const command = join(__dirname, "..", "..", "scripts", "rollback.mjs");
const key = "skechwime:images";

/** What dev built runs in prod: the same digest, with neither a build context nor a Docker engine there. */
describe("promotion and rollback", () => {
  let heroku: LocalHerokuProcess;
  let dev: StackDriver;
  let prod: StackDriver;
  /** Digests of the images that dev released first. */
  let first: Record<string, string>;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    dev = await StackDriver.create("dev", heroku.url, { ...otherAppConfig, "skechwime:appName": "sketch-dev" });
    writeOtherApp(dev.folder);
    const config = {
      ...otherAppConfig,
      "skechwime:appName": "sketch-prod",
      "skechwime:protect": false,
      "skechwime:preboot": false,
      [key]: { stack: "dev" },
    };
    const own = await StackDriver.create("prod", heroku.url, config, dev);
    prod = own.with({ DOCKER_HOST: "unix:///nowhere/docker.sock" });
  });

  afterAll(async () => {
    await heroku?.destroy();
    for (const stack of [prod, dev]) stack?.remove();
  });

  const refused = async () => {
    const { code, output } = await prod.run("preview");
    expect(code).not.toBe(0);
    return output;
  };

  /** Digests of the images that a stack says it runs. */
  const digests = async (stack: StackDriver): Promise<Record<string, string>> => {
    const { image } = await stack.outputs();
    const references: [string, string][] = Object.entries(Object(image).references);
    return Object.fromEntries(references.map(([type, reference]) => [type, reference.split("@")[1] ?? ""]));
  };

  const answers = async () => {
    const { healthUrl } = await prod.outputs();
    return (await visit(String(healthUrl))).status;
  };

  const rollback = (...args: string[]): Promise<{ code: number; output: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [command, "--stack", "prod", ...args], {
        cwd: prod.folder,
        env: prod.environment,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
      child.on("close", (code) => resolve({ code: code ?? -1, output }));
    });

  it("refuses a stack that is not there, one without a release, and an image that is not there", async () => {
    prod.configure({ [key]: { stack: "staging" } });
    expect(await refused()).toContain("staging");
    prod.configure({ [key]: { stack: "dev" } });
    expect(await refused()).toContain('error: stack "dev" to promote from has released no images; bring it up first');
    const digest = `sha256:${"0".repeat(64)}`;
    prod.configure({ [key]: { web: digest, release: digest } });
    const output = await refused();
    expect(output).toMatch(new RegExp(`image to promote is not in the registry .*, got sketch-prod/\\w+@${digest}`));
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });

  it("runs in prod the digests that dev runs, and tells in the preview what they are", async () => {
    await dev.up();
    first = await digests(dev);
    prod.configure({ [key]: { stack: "dev" } });

    const preview = await prod.succeed("preview");
    expect(preview).toMatch(/promotes .+, in dev since \d{4}-\d\d-\d\d, pending migrations: /);
    await prod.up();

    expect(await digests(prod)).toEqual(first);
    expect(await answers()).toBe(200);
    expect(await prod.export()).not.toContain("docker:index/image:Image");
    expect((await prod.outputs()).promotion).toEqual({
      web: expect.stringContaining("in dev since"),
      release: expect.stringContaining("in dev since"),
    });
    expect(await prod.preview()).toEqual([]);
  });

  it("follows dev when it is brought up again", async () => {
    writeOtherApp(dev.folder, "0 ");
    await dev.up();
    await prod.up();
    expect(await digests(prod)).toEqual(await digests(dev));
    expect(await digests(prod)).not.toEqual(first);
  });

  it("goes back to an earlier digest by one line", async () => {
    prod.configure({ [key]: first });
    await prod.up();
    expect(await digests(prod)).toEqual(first);
    expect(await answers()).toBe(200);
    expect(await prod.preview()).toEqual([]);
  });

  it("lists releases and goes back to one by one command, and says when there is nothing to do", async () => {
    const list = await rollback();
    expect(list.output.match(/^v\d+ .*/gm)).toHaveLength(3);
    const [, previous = ""] = list.output.match(/^v\d+/gm) ?? [];

    prod.configure({ [key]: { stack: "dev" } });
    const back = await rollback("--to", previous, "--yes");
    expect(back).toMatchObject({ code: 0 });
    expect(await digests(prod)).toEqual(await digests(dev));
    const stackFile = readFileSync(join(prod.folder, "Pulumi.prod.yaml"), "utf8");
    for (const digest of Object.values(await digests(dev))) expect(stackFile).toContain(digest);
    expect(stackFile).not.toContain("stack: dev");

    const again = await rollback("--to", previous, "--yes");
    expect(again.output).toContain(`${previous} has the images that prod runs now; nothing to do`);
    expect((await rollback("--to", "v99")).output).toContain('no release to roll back to, got "v99"; there are v');
  });

  it("goes back in the stack that builds, too, and builds again once the line is gone", async () => {
    const newest = await digests(dev);
    dev.configure({ [key]: first });
    await dev.with({ DOCKER_HOST: "unix:///nowhere/docker.sock" }).up();
    expect(await digests(dev)).toEqual(first);

    dev.configure({ [key]: undefined });
    await dev.up();
    expect(Object.keys(await digests(dev)).sort()).toEqual(Object.keys(newest).sort());
    expect(await digests(dev)).not.toEqual(first);
    expect(await dev.preview()).toEqual([]);
  });

  it("goes back to images whose releases Heroku has long forgotten", async () => {
    const releases = () => heroku.api<Release[]>("GET", "/apps/sketch-prod/releases");
    for (let n = 0; n < 21; n++) await heroku.api("PATCH", "/apps/sketch-prod/config-vars", { BY_HAND: `${n}` });
    await expectSoon(async () => (await releases()).every(({ status }) => status !== "pending"));
    await heroku.control("POST", "/clock", { advance: 31 * 86_400 });
    const deployed = (await releases()).filter(({ description }) => description.startsWith("Deployed"));
    expect(deployed.length).toBeGreaterThan(2);
    expect(new Set(deployed.map(({ status }) => status))).toEqual(new Set(["expired"]));

    const runs = await digests(prod);
    expect(runs).not.toEqual(first);
    prod.configure({ [key]: first });
    await prod.up();
    expect(await digests(prod)).toEqual(first);
    expect(await answers()).toBe(200);
  });

  it("goes down to nothing", async () => {
    await prod.destroy();
    await dev.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
  });
});
