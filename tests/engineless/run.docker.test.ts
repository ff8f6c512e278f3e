import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { chromiumPath, launchChromium } from "../support/chromium";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { BoardPage } from "../support/sketchboard";
import { expectSoon } from "../support/soon";
import { visit } from "../support/visitor";

const root = join(__dirname, "..", "..");

/** The whole program on Local Heroku, without the engine. */
describe("a run without the engine", () => {
  let heroku: LocalHerokuProcess;
  let folder: string;
  let outputs: Record<string, unknown>;
  let browser: Browser | undefined;

  const run = (command: string) =>
    new Promise<string>((resolve, reject) => {
      const args = ["--require", "sucrase/register/ts", "engineless/main.ts", command];
      const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("close", (code) => {
        const output = Buffer.concat(chunks).toString();
        if (code === 0) resolve(output);
        else reject(new Error(`engineless ${command} exited with ${code}:\n${output}`));
      });
    });
  const up = async () => {
    const output = await run("up");
    return JSON.parse(output.slice(output.search(/^\{$/m)));
  };

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    folder = mkdtempSync(join(tmpdir(), "engineless-"));
    const shared = [
      "index.ts",
      "config.ts",
      "components",
      "engineless",
      "provider",
      "node_modules",
      "app",
      "Pulumi.yaml",
    ];
    for (const name of shared) symlinkSync(join(root, name), join(folder, name));
    const stackFile = readFileSync(join(root, "Pulumi.local.yaml"), "utf8");
    writeFileSync(join(folder, "Pulumi.local.yaml"), stackFile.replaceAll("http://localhost:5075", heroku.url));
    outputs = await up();
    if (chromiumPath !== undefined) browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await heroku?.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  it("brings the app up", async () => {
    expect(outputs).toMatchObject({
      plans: { postgres: "heroku-postgresql:essential-0", redis: "heroku-redis:mini" },
      backupSchedule: "03:00 UTC",
    });
    const health = await visit(String(outputs.healthUrl));
    expect([health.status, JSON.parse(health.body)]).toMatchObject([
      200,
      { status: "ok", database: "ok", redis: "ok" },
    ]);
  });

  it("finds everything the second time and makes no release", async () => {
    expect(await up()).toEqual(outputs);
  });

  it("prints no secret", async () => {
    const vars = await heroku.api<Record<string, string>>("GET", `/apps/${outputs.appName}/config-vars`);
    const printed = await run("up");
    for (const name of ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"]) {
      expect(String(vars[name]).length).toBeGreaterThan(20);
      expect(printed).not.toContain(vars[name]);
    }
  });

  const inBrowser = chromiumPath === undefined ? describe.skip : describe;
  inBrowser(`in a browser${chromiumPath === undefined ? " (skipped: Chromium is not installed)" : ""}`, () => {
    const open = () => {
      if (browser === undefined) throw new Error("no browser was started");
      return BoardPage.open(browser, `${outputs.appUrl}/boards/browser`);
    };

    it("shows a stroke of one window in the other, and again after a restart", async () => {
      const [one, other] = [await open(), await open()];
      await one.draw([200, 250], [500, 310]);
      await other.shows({ strokes: 1 });
      await one.shows({ strokes: 1, waiting: 0 });

      await heroku.api("DELETE", `/apps/${outputs.appName}/dynos`);
      await expectSoon(async () => (await visit(String(outputs.healthUrl))).status === 200);
      const later = await open();
      await later.shows({ strokes: 1 });
      for (const window of [one, other, later]) await window.close();
    });
  });

  it("takes everything down", async () => {
    await run("down");
    expect(await heroku.api("GET", "/apps")).toEqual([]);
    await expectSoon(async () => (await heroku.containers()).length === 0);
  });
});
