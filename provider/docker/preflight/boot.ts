import { defaultRuntime } from "../../heroku/client";
import { type Health, REDIRECTS_FOLLOWED, redirectWithin, unhealthy } from "../../http/health";
import { type Answer, visitor } from "../../http/visitor";
import { plainText } from "../../text";
import type { Engine } from "../engine";
import { explained } from "./explained";
import { randomPort, Trial, type TrialOrder } from "./trial";

/** How long Heroku waits for a web process to listen, in milliseconds. */
export const BOOT_TIMEOUT = 60_000;
const PAUSE = 100;
/** Minimum time for the final request, so that a truncated one is not mistaken for an unresponsive app. */
const SHORTEST_WAIT = 1_000;

/** How a web process is requested, and what it has to respond. */
export interface WebHealth extends Health {
  /** Without one, any response will do: the process listens. */
  path: string | undefined;
  headers: Readonly<Record<string, string>>;
}

/** A process type's image, to run as its dynos would. */
export interface ProcessOrder extends Omit<TrialOrder, "port"> {
  /** As in `web`. */
  processType: string;
  /** What decides about its command, as the user knows it. */
  command: string;
}

/** Runs a web image until its health route is healthy. Returns what prevents that, and where to change it. */
export async function bootIssue(
  engine: Engine,
  order: ProcessOrder,
  health: WebHealth,
  signal: AbortSignal,
  timeout = BOOT_TIMEOUT,
): Promise<string | undefined> {
  const port = randomPort();
  const environment = { ...order.environment, PORT: `${port}`, DYNO: "web.1" };
  const { command } = order;
  return Trial.with(engine, { ...order, environment, port }, async (trial) => {
    const refused = await startIssue(trial, command);
    if (refused !== undefined) return refused;
    const path = health.path ?? "/";
    let problem: string | undefined;
    for (const end = Date.now() + timeout; Date.now() < end; ) {
      const ending = await trial.ending();
      if (ending !== undefined) return explained(trial, endingIssue(command, ending, order, "listen on $PORT"));
      const address = await trial.address();
      const left = Math.max(SHORTEST_WAIT, end - Date.now());
      const response = address && (await request(address, path, health, left, signal));
      signal.throwIfAborted();
      if (typeof response === "object") {
        problem = health.path === undefined ? undefined : unhealthy(response, health);
        if (problem === undefined) return undefined;
        // Many apps answer 503 while they start.
        if (response.status < 500) break;
      } else if (response !== undefined) problem = response;
      await defaultRuntime.sleep(PAUSE, signal);
    }
    const seconds = timeout / 1_000;
    if (problem === SILENT) {
      return explained(
        trial,
        `${command} must respond to ${path} within ${seconds} s, got a connection and no response`,
      );
    }
    if (problem !== undefined && problem !== NO_LISTENER) {
      const text = health.text === undefined ? "" : ` with ${JSON.stringify(health.text)}`;
      return explained(trial, `${path} must return ${health.status}${text}, got ${problem}; ${fixFor(problem)}`);
    }
    return explained(
      trial,
      `${command} must listen on 0.0.0.0:$PORT within ${seconds} s, got no listener on PORT=${port}; ` +
        "make it read PORT from the environment, or see what it waits for",
    );
  });
}

const NO_LISTENER = "no listener";
const SILENT = "silent";

/** What Heroku's router adds to a request that came by https. */
const ROUTED = {
  host: "localhost",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "443",
  "x-forwarded-for": "127.0.0.1",
  via: "1.1 heroku-router",
};

/** Requests a web process as Heroku's router would, and follows redirects within it. */
async function request(
  at: { host: string; port: number },
  path: string,
  health: WebHealth,
  timeout: number,
  signal: AbortSignal,
): Promise<Answer | typeof NO_LISTENER | typeof SILENT> {
  const late = AbortSignal.timeout(timeout);
  const given = Object.entries(health.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers = { ...ROUTED, ...Object.fromEntries(given) };
  try {
    let target = new URL(path, `https://${headers.host}`);
    for (let redirects = 0; ; redirects += 1) {
      const url = `http://${at.host}:${at.port}${target.pathname}${target.search}`;
      const response = await visitor.get(url, AbortSignal.any([signal, late]), headers);
      const next = redirectWithin(target.href, response);
      if (next === undefined || redirects === REDIRECTS_FOLLOWED) return response;
      target = next;
    }
  } catch {
    return late.aborted ? SILENT : NO_LISTENER;
  }
}

/** Starts a trial's container. Returns why it cannot start. */
export async function startIssue(trial: Trial, command: string): Promise<string | undefined> {
  const refused = await trial.container.start().then(
    () => undefined,
    (error: Error) => plainText(error.message).replace(/^.*unable to start container process: /, ""),
  );
  if (refused === undefined) return undefined;
  return explained(trial, `${command} must start, got "${refused}"; correct the command`, [refused]);
}

/** What is wrong with a process that ended. `duty` is what it is to do while it runs. */
export function endingIssue(
  command: string,
  ending: { exitCode: number; outOfMemory: boolean },
  { memoryLimit }: Pick<TrialOrder, "memoryLimit">,
  duty?: string,
): string {
  if (ending.outOfMemory) {
    return `${command} must run in ${memoryLimit} MB, got out of memory; reduce what it needs, or choose a larger dyno size`;
  }
  const wanted = duty === undefined ? "keep running" : `keep running and ${duty}`;
  return `${command} must ${wanted}, got exit code ${ending.exitCode}; correct what it reports`;
}

function fixFor(problem: string): string {
  if (problem.startsWith("404")) return "correct healthPath, or add the route";
  if (problem.startsWith("400")) return "see the app's last lines, and whether it accepts the host localhost";
  return "see the app's last lines";
}
