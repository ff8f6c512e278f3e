import { readFileSync } from "node:fs";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { seconds } from "./median";

/** What Local Heroku costs by itself. */
export interface LocalHerokuFigures {
  /** From the process's start to its first answer; the service image is there already. */
  start: number;
  /** Resident memory in MB, one idle app there. */
  memory: number;
}

export async function measureLocalHeroku(): Promise<LocalHerokuFigures> {
  const heroku = await LocalHerokuProcess.start();
  try {
    await heroku.end();
    const start = await seconds(() => heroku.resume());
    await heroku.api("POST", "/apps", { name: "bench", stack: "container" });
    return { start, memory: residentMegabytes(heroku.pid) };
  } finally {
    await heroku.destroy();
  }
}

/** What a process holds of the machine's memory. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;
}
