import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const support = join(__dirname, "../../../scripts/support");

/** Takes a line off the terminal. */
const eraser = "\r\u001b[K";

const noisy = 'for line in 1 2 3; do echo "Get:$line trixie InRelease"; done';

describe("step", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "progress-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a process prints that does a step; `work` is its body. */
  function printed(work: string, { isTerminal = false, verbose = false } = {}): Promise<string> {
    const script = `
      ${isTerminal ? "process.stdout.isTTY = true; process.stdout.columns = 50;" : ""}
      const { outcome, say, step } = await import("${support}/progress.mjs");
      const { run } = await import("${support}/run.mjs");
      const { takeVerbose } = await import("${support}/verbose.mjs");
      takeVerbose(${verbose ? '["--verbose"]' : "[]"});
      const sh = (command) => run("sh", ["-c", command], { log: ${JSON.stringify(join(folder, "log"))} });
      await step("base image", async (report) => { ${work} }, (result) => result, { every: 100 })
        .catch((error) => outcome("failed", "not ready", error.message));`;
    const env = { ...process.env, NO_COLOR: "1", TERM: "xterm" };
    return new Promise((resolve) => {
      const args = ["--input-type=module", "--eval", script];
      execFile(process.execPath, args, { env }, (_error, stdout, stderr) => resolve(stdout + stderr));
    });
  }

  it("is one line with its seconds", async () => {
    expect(await printed('return "present"')).toMatch(/^✔ base image {7}present \(\d+\.\d s\)\n$/);
  });

  it("leaves the notes that are to stay", async () => {
    const work = `report("old"); report("passing over the old one", { stays: true }); return "new"`;
    expect(await printed(work)).toMatch(
      /^– base image {7}passing over the old one\n✔ base image {7}new \(\d+\.\d s\)\n$/,
    );
  });

  it("says now and then that it goes on, and with what", async () => {
    const lines = (await printed(`report("making it"); await sh('${noisy}; sleep 1'); return "made"`))
      .trim()
      .split("\n");
    expect(lines.at(-1)).toMatch(/^✔ base image {7}made \(\d+\.\d s\)$/);
    expect(lines.at(-2)).toMatch(/^· base image {7}still working \(\d+ s\), making it: Get:3 trixie InRelease$/);
    expect(new Set(lines.slice(0, -1).map((line) => line.slice(0, 32)))).toEqual(
      new Set(["· base image       still working"]),
    );
  });

  it("keeps what a command prints in a file, and shows it when the step fails", async () => {
    const failing = `const { ok } = await sh('${noisy}; exit 1'); if (!ok) throw new Error("it failed"); return "made"`;
    const output = await printed(failing);
    const log = readFileSync(join(folder, "log"), "utf8");
    expect(log).toBe("Get:1 trixie InRelease\nGet:2 trixie InRelease\nGet:3 trixie InRelease\n");
    expect(output).toContain(`${log}✘ not ready        it failed\n`);
  });

  it("shows nothing of a command whose failure it gets over", async () => {
    const output = await printed(`await sh("echo no way; exit 1"); await sh("echo fine"); throw new Error("other")`);
    expect(output).not.toContain("no way");
    expect(output).toMatch(/✘ not ready {8}other\n$/);
  });

  it("prints everything as it comes with --verbose, and nothing twice", async () => {
    const output = await printed(`report("making it"); await sh("echo one; exit 1"); throw new Error("it failed")`, {
      verbose: true,
    });
    expect(output).toBe("· base image       making it\none\n✘ not ready        it failed\n");
  });

  it("rewrites one line on a terminal, no longer than that, and leaves the outcome", async () => {
    const work = `report("making it"); await sh('${noisy}; sleep 1'); say("between"); await sh("sleep 1"); return "made"`;
    const output = await printed(work, { isTerminal: true });
    const rewritten = output.split(eraser);
    const [seen] = rewritten.filter((line) => line.includes("Get:3"));
    expect(seen).toMatch(/^\S base image {7}\(\d+ s\) {2}making it {2}Get:3 trixi…$/);
    expect(seen).toHaveLength(49);
    const left = rewritten.map((line) => line.split("\n")).flatMap((lines) => lines.slice(0, -1));
    expect(left).toEqual(["between", expect.stringMatching(/^✔ base image {7}made \(\d+\.\d s\)$/)]);
    expect(output).not.toContain("still working");
  });

  it("takes its line off the terminal when the process is interrupted", async () => {
    const work = 'setTimeout(() => process.kill(process.pid, "SIGINT"), 500); await sh("sleep 60")';
    const output = await printed(work, { isTerminal: true });
    expect(output).toContain("base image");
    expect(output.endsWith(eraser)).toBe(true);
  });
});

describe("say", () => {
  it("goes on when nobody reads any longer", async () => {
    const script = `
      const { say } = await import("${support}/screen.mjs");
      say("first");
      setInterval(() => say("next"), 10);
      setTimeout(() => process.exit(7), 500);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await once(child, "exit")).toEqual([7, null]);
  });
});
