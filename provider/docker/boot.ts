import { defaultRuntime } from "../heroku/client";
import type { Answer } from "../http/visitor";
import { plainText } from "../text";
import type { Engine } from "./engine";
import { askHealth } from "./health-request";
import type { SourceLines } from "./source-lines";
import { randomPort, Trial, type TrialOrder } from "./trial";

/** How long Heroku waits for a web process to listen, in milliseconds. */
export const BOOT_TIMEOUT = 60_000;
const PAUSE = 100;
/** What the last question gets too: one that is cut short would pass for an app that says nothing. */
const SHORTEST_WAIT = 1_000;

/** A web image to boot. */
export interface BootOrder extends Omit<TrialOrder, "port"> {
  healthPath: string;
}

/** Runs a web image until its health route answers. Says what keeps it from that, and where to change it. */
export async function bootFault(
  engine: Engine,
  order: BootOrder,
  lines: SourceLines,
  signal: AbortSignal,
  timeout = BOOT_TIMEOUT,
): Promise<string | undefined> {
  const port = randomPort();
  const environment = { ...order.environment, PORT: `${port}`, DYNO: "web.1" };
  return Trial.with(engine, { ...order, environment, port }, async (trial) => {
    const told = async (fault: string) => withOutput(fault, await trial.lastLines());
    const command = lines.at(lines.command);
    const refused = await trial.container.start().then(
      () => undefined,
      (error: Error) => plainText(error.message).replace(/^.*unable to start container process: /, ""),
    );
    if (refused !== undefined) return told(`${command} must start, got "${refused}"; correct the command`);

    const end = Date.now() + timeout;
    let silent = false;
    while (Date.now() < end) {
      const ending = await trial.ending();
      if (ending !== undefined) return told(endingFault(command, ending, order.memoryLimit));
      const address = await trial.address();
      const left = Math.max(SHORTEST_WAIT, end - Date.now());
      const answer = address && (await askHealth(address, order.healthPath, left, signal));
      signal.throwIfAborted();
      if (typeof answer === "object") {
        const fault = answerFault(order.healthPath, answer);
        return fault && told(fault);
      }
      silent = answer === "silent";
      await defaultRuntime.sleep(PAUSE, signal);
    }
    const seconds = timeout / 1_000;
    return told(
      silent
        ? `${command} must answer ${order.healthPath} within ${seconds} s, got a connection and no answer; see its last lines`
        : `${command} must listen on 0.0.0.0:$PORT within ${seconds} s, got no listener on PORT=${port}; ` +
            "make it read PORT from the environment",
    );
  });
}

/** How long a check may take, in milliseconds. */
const CHECK_TIMEOUT = 5 * 60_000;

/** Runs a command in an image, as a one-off dyno would. Says how it failed. */
export async function commandFault(
  engine: Engine,
  order: TrialOrder & { shell: string },
  signal: AbortSignal,
  timeout = CHECK_TIMEOUT,
): Promise<string | undefined> {
  const environment = { ...order.environment, DYNO: "run.1" };
  return Trial.with(engine, { ...order, environment }, async (trial) => {
    await trial.container.start();
    const end = Date.now() + timeout;
    let ending = await trial.ending();
    for (; ending === undefined && Date.now() < end; ending = await trial.ending()) {
      await defaultRuntime.sleep(PAUSE, signal);
    }
    if (ending?.exitCode === 0) return undefined;
    const reason = ending?.outOfMemory
      ? `more than ${order.memoryLimit} MB of memory`
      : `exit code ${ending?.exitCode}`;
    const got = ending === undefined ? `no end within ${timeout / 1_000} s` : reason;
    const fault = `preflight.releaseCheck "${order.shell}" must succeed in this image, got ${got}; correct what it finds`;
    return withOutput(fault, await trial.lastLines());
  });
}

function endingFault(command: string, ending: { exitCode: number; outOfMemory: boolean }, memory: number): string {
  if (ending.outOfMemory) {
    return `${command} must run in ${memory} MB, got out of memory; let it use less, or choose a larger dyno size`;
  }
  return `${command} must keep running and listen on $PORT, got exit code ${ending.exitCode}; correct what it says`;
}

/** 503 is what a good health route answers while the services are away, and none are here. */
function answerFault(path: string, { status, reason = "", location, body }: Answer): string | undefined {
  if (status === 200 || status === 503) return undefined;
  const fault = `${path} must answer 200, or 503 without its services, got ${status} ${reason}`;
  if (location !== undefined) return `${fault} to ${location}; let it answer without a redirect`;
  const line = plainText(body.trim().split("\n", 1)[0] ?? "").slice(0, 200);
  const said = line === "" ? "" : `: ${line}`;
  const fix = status === 404 ? "correct healthPath, or add the route" : "see the app's last lines";
  return `${fault}${said}; ${fix}`;
}

const READ_ONLY = /read-only file system/i;

function withOutput(fault: string, output: readonly string[]): string {
  const hint = output.some((line) => READ_ONLY.test(line)) ? "\n  (only /tmp can be written: let it write there)" : "";
  return [fault + hint, ...output.map((line) => `    ${line}`)].join("\n");
}
