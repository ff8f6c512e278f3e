import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { seconds } from "./median";

const CLIENTS = 16;
const SECONDS = 5;

/** What Local Heroku costs by itself. */
export interface LocalHerokuFigures {
  /** From the process's start to its first answer; the service image is there already. */
  start: number;
  /** Resident memory in MB, one idle app there. */
  memory: number;
  /** Of `GET /apps/:app`, by 16 clients with connections kept. */
  requestsPerSecond: number;
}

export async function measureLocalHeroku(): Promise<LocalHerokuFigures> {
  const heroku = await LocalHerokuProcess.start();
  try {
    await heroku.end();
    const start = await seconds(() => heroku.resume());
    await heroku.api("POST", "/apps", { name: "bench", stack: "container" });
    const memory = residentMegabytes(heroku.pid);
    return { start, memory, requestsPerSecond: await requestRate(heroku.port) };
  } finally {
    await heroku.destroy();
  }
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;
}

async function requestRate(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const headers = { accept: "application/vnd.heroku+json; version=3", authorization: "Bearer local-heroku" };
  const one = () =>
    new Promise<void>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/apps/bench", agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`GET /apps/bench: ${response.statusCode}`));
        response.resume().on("end", resolve);
      })
        .on("error", reject)
        .end();
    });
  const end = performance.now() + SECONDS * 1_000;
  let count = 0;
  const client = async () => {
    while (performance.now() < end) {
      await one();
      count++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return count / SECONDS;
}
