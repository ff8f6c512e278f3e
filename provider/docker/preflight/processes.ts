import { defaultRuntime } from "../../heroku/client";
import type { Engine } from "../engine";
import { endingIssue, type ProcessOrder, startIssue } from "./boot";
import { explained } from "./explained";
import { Trial } from "./trial";

const PAUSE = 200;
/** Milliseconds that a release phase or a check may take. */
const COMMAND_TIMEOUT = 5 * 60_000;

/** Runs an image that is no web process, which has to stay up for `period` milliseconds. */
export async function stayUpIssue(
  engine: Engine,
  order: ProcessOrder,
  period: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const environment = { ...order.environment, DYNO: `${order.processType}.1` };
  const { command } = order;
  return Trial.with(engine, { ...order, environment }, async (trial) => {
    const refused = await startIssue(trial, command);
    if (refused !== undefined) return refused;
    for (const end = Date.now() + period; Date.now() < end; ) {
      const ending = await trial.ending();
      if (ending !== undefined) return explained(trial, endingIssue(command, ending, order));
      await defaultRuntime.sleep(PAUSE, signal);
    }
    return undefined;
  });
}

/** Runs an image, or a shell command in it, to its end. `what` is how the user knows it, `fix` the change to make. */
export async function commandIssue(
  engine: Engine,
  order: ProcessOrder,
  { what, fix, dyno }: { what: string; fix: string; dyno: string },
  signal: AbortSignal,
  timeout = COMMAND_TIMEOUT,
): Promise<string | undefined> {
  return Trial.with(engine, { ...order, environment: { ...order.environment, DYNO: dyno } }, async (trial) => {
    const refused = await startIssue(trial, what);
    if (refused !== undefined) return refused;
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
    return explained(trial, `${what} must succeed, got ${got}; ${fix}`);
  });
}
