import { isAlive, pause } from "../../../scripts/support/processes.mjs";
import { lastLines, run } from "../../../scripts/support/run.mjs";

const node = (script: string, options?: Parameters<typeof run>[2]) => run(process.execPath, ["-e", script], options);

/** Waits until a process has ended: it may stay in the system's list for a moment. */
async function endOf(pid: number): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (!isAlive(pid)) return "ended";
    await pause(100);
  }
  return "running";
}

describe("run", () => {
  it("keeps what a command prints, standard output apart", async () => {
    const result = await node("console.log('out'); setTimeout(() => console.error('err'), 50)");
    expect(result).toEqual({ ok: true, stdout: "out", output: "out\nerr" });
  });

  it("tells a failing command by its exit code", async () => {
    expect(await node("process.exit(3)")).toEqual({ ok: false, stdout: "", output: "" });
  });

  it("says why a command cannot be run", async () => {
    const result = await run("no-such-command", []);
    expect(result).toEqual({ ok: false, stdout: "", output: "spawn no-such-command ENOENT" });
  });

  it("ends a command that takes too long, and what it started", async () => {
    const script = "console.log(require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' }).pid)";
    const result = await node(script, { timeout: 500 });
    expect(result).toMatchObject({ ok: false, output: `${result.stdout}\ntook longer than 500 ms` });
    await expect(endOf(Number(result.stdout))).resolves.toBe("ended");
  });

  it("gives a command up that says nothing", async () => {
    const result = await node("setTimeout(() => {}, 60_000)", { silence: 200, timeout: 30_000 });
    expect(result).toEqual({ ok: false, stdout: "", output: "said nothing for 200 ms" });
  });

  it("gives no standard input", async () => {
    const result = await node("process.stdin.on('data', () => {}).on('end', () => console.log('at its end'))");
    expect(result.stdout).toBe("at its end");
  });
});

describe("lastLines", () => {
  it("keeps the end of an output", () => {
    expect(lastLines("1\n2\n3\n", 2)).toBe("2\n3");
  });
});
