import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { notInstalled } from "../../scripts/setup/pulumi-plugins.mjs";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";
import { type ProviderSet, StackDriver } from "../support/stack-driver";
import { visit } from "../support/visitor";

const missing = notInstalled();
const title = "A stack that changes hands between stand-ins and official providers";

/** Each step goes on from the one before. */
function tests() {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("local", heroku.url);
  });

  afterAll(async () => {
    await stack?.run("destroy", "--yes", "--skip-preview");
    await heroku?.destroy();
    stack?.remove();
  });

  const page = async () => (await visit(`${(await stack.outputs()).appUrl}/boards/e2e`)).body;

  /** What the state keeps of each resource, less the engine's own notes. */
  const state = async (): Promise<Record<string, object>> => {
    const exported = await stack.succeed("stack", "export", "--show-secrets", "--stack", stack.stack);
    const { resources }: { resources: Record<string, unknown>[] } = JSON.parse(exported).deployment;
    return Object.fromEntries(resources.map(({ urn, id, inputs, outputs }) => [urn, { id, inputs, outputs }]));
  };

  const takeOver = async (set: ProviderSet) => {
    const before = await state();
    await stack.useProviders(set);
    expect(await stack.preview()).toEqual([]);
    await heroku.clearRequests();
    await stack.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(await heroku.requests()).toEqual([]);
    await stack.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    expect(await stack.preview()).toEqual([]);
    expect(await state()).toEqual(before);
  };

  /** A change of the images, of a config var in place and of an add-on. */
  const change = async (word: string, maxmemoryPolicy: string) => {
    appendFileSync(join(stack.folder, "app/boards/templates/boards/board.html"), `<!-- ${word} -->\n`);
    stack.configure({
      "skechwime:configVars": { HTTPS_ONLY: "false", LOG_LEVEL: word },
      "skechwime:redis": { plan: "mini", maxmemoryPolicy, timeout: 300 },
    });
    await stack.up();
    expect(await page()).toContain(`<!-- ${word} -->`);
    expect(await stack.preview()).toEqual([]);
  };

  it("is made by the stand-ins", async () => {
    await stack.useProviders("stand-ins");
    await stack.up();
  });

  it("goes over to the official providers with nothing to do", () => takeOver("official"));

  it("is changed by the official providers", () => change("info", "volatile-lru"));

  it("goes back to the stand-ins with nothing to do", () => takeOver("stand-ins"));

  it("is changed by the stand-ins", () => change("debug", "allkeys-lru"));

  it("is made again by the official providers, and goes to the stand-ins with nothing to do", async () => {
    await stack.useProviders("official");
    await stack.destroy();
    await stack.up();
    await takeOver("stand-ins");
  });

  it("is taken down by the stand-ins", async () => {
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
    await expectSoon(async () => (await heroku.containers()).length === 0);
  });
}

if (missing.length === 0) describe(title, tests);
else {
  describe(title, () => {
    it.skip(`has the same state with both (skipped: no official plugin of ${missing.join(", ")} is installed)`, () => {});
  });
}
