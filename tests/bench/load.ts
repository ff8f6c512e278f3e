import { Agent, type OutgoingHttpHeaders, request } from "node:http";

const CLIENTS = 16;
const SECONDS = 2;

/** How a server answered under load. */
export interface Load {
  requestsPerSecond: number;
  /** Milliseconds that 99 of 100 requests took at most. */
  p99: number;
  /** Milliseconds that half of the requests took at most. */
  median: number;
}

/** Where requests go to. */
export interface Target {
  readonly host?: string;
  readonly port: number;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** Asks for the same thing again and again, by some clients at a time over connections that are kept where the server keeps them. */
export async function load(target: Target, clients = CLIENTS): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1_000;
  const client = async () => {
    while (performance.now() < end) {
      const since = performance.now();
      await ask(target, agent);
      times.push(performance.now() - since);
    }
  };
  // The first requests find no connection and no compiled code.
  await ask(target, agent);
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  return { requestsPerSecond: times.length / SECONDS, p99: share(0.99), median: share(0.5) };
}

function ask({ host = "127.0.0.1", port, path, headers }: Target, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ host, port, path, agent, headers }, (response) => {
      if (response.statusCode !== 200 && response.statusCode !== 206)
        reject(new Error(`GET ${path}: ${response.statusCode}`));
      response.resume().on("end", resolve);
    })
      .on("error", reject)
      .end();
  });
}
