import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { endProcess, isAlive } from "../../../scripts/support/processes.mjs";

const started: ChildProcess[] = [];

async function start(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", `${script}; console.log("up"); setInterval(() => {}, 1000)`]);
  started.push(child);
  await once(child.stdout, "data");
  return child;
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

describe("endProcess", () => {
  it("lets a process end by itself", async () => {
    const child = await start("process.on('SIGTERM', () => process.exit(7))");
    const ended = once(child, "exit");
    await endProcess(child.pid ?? -1, 10_000);
    expect(await ended).toEqual([7, null]);
  });

  it("kills one that does not", async () => {
    const child = await start("process.on('SIGTERM', () => {})");
    const ended = once(child, "exit");
    await endProcess(child.pid ?? -1, 200);
    expect(await ended).toEqual([null, "SIGKILL"]);
  });
});

describe("isAlive", () => {
  it("sees a process that runs", async () => {
    expect(isAlive((await start("")).pid ?? -1)).toBe(true);
  });

  it("knows a number that no process has", () => {
    expect(isAlive(2 ** 22 + 1)).toBe(false);
  });
});
