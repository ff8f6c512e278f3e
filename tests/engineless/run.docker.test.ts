import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { browserPath, openBrowser } from "../support/browser";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";
import { BoardWindow, visit } from "../support/visitor";

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
    if (browserPath !== undefined) browser = await openBrowser();
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

  const inBrowser = browserPath === undefined ? describe.skip : describe;
  inBrowser(`in a browser${browserPath === undefined ? " (skipped: Chromium is not installed)" : ""}`, () => {
    const open = async (): Promise<Page> => {
      if (browser === undefined) throw new Error("no browser was started");
      const page = await browser.newPage({ viewport: { width: 720, height: 560 } });
      await page.goto(`${outputs.appUrl}/boards/browser`);
      await page.waitForSelector("canvas");
      return page;
    };
    const kept = async () => {
      const window = await BoardWindow.open(String(outputs.appUrl), "browser");
      const strokes = await window.strokes();
      window.close();
      return strokes;
    };
    const picture = (page: Page) => page.locator("canvas").first().screenshot();

    it("shows a stroke of one window in the other, and again after a restart", async () => {
      const [one, other] = [await open(), await open()];
      const before = await picture(other);
      await one.mouse.move(200, 250);
      await one.mouse.down();
      for (let x = 200; x <= 500; x += 20) await one.mouse.move(x, 250 + 60 * Math.sin(x / 40));
      await one.mouse.up();
      await expectSoon(async () => !(await picture(other)).equals(before));
      await expectSoon(async () => (await kept()).length === 1);

      await heroku.api("DELETE", `/apps/${outputs.appName}/dynos`);
      await expectSoon(async () => (await visit(String(outputs.healthUrl))).status === 200);
      const later = await open();
      await expectSoon(async () => !(await picture(later)).equals(before));
      expect(await kept()).toHaveLength(1);
    });
  });

  it("takes everything down", async () => {
    await run("down");
    expect(await heroku.api("GET", "/apps")).toEqual([]);
    expect(await heroku.containers()).toEqual([]);
  });
});
