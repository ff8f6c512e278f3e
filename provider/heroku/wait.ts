import type { HerokuClient } from "./client";

export interface WaitOptions<T> {
  /** What is waited for, as in "waiting for <what>". */
  what: string | (() => string);
  /** Milliseconds until giving up. */
  timeout: number;
  /** Looks once; returns undefined while it is not there yet. */
  look: () => Promise<T | undefined>;
  /** Whether something better than "waiting for" is being shown. */
  quiet?: () => boolean;
  /** What gives it more time. @default the resource's customTimeouts */
  longer?: string;
  /** Ends a pause early, e.g. when a stream that ends together with the wait has ended. */
  hurry?: Promise<unknown>;
  /** Milliseconds of the first and the longest pause. @default what Heroku's request limit allows */
  pauses?: { first: number; longest: number };
}

/** What was waited for did not come in time. */
export class GaveUpError extends Error {
  override readonly name = "GaveUpError";
}

const herokuPauses = { first: 200, longest: 5_000 };

/** Something that is there after a while is noticed at most a quarter of that while later. */
const growth = 1.25;

/** Looks again and again, first often and then every five seconds, which costs 720 of Heroku's 4,500 requests an hour. */
export async function waitUntil<T>(client: HerokuClient, options: WaitOptions<T>): Promise<T> {
  const { runtime, operation } = client;
  const start = runtime.now();
  let hurry = options.hurry;
  const { first, longest } = options.pauses ?? herokuPauses;
  let shown = "";
  for (let pause = first; ; pause = Math.min(pause * growth, longest)) {
    const found = await options.look();
    if (found !== undefined) return found;
    const waited = runtime.now() - start;
    const what = typeof options.what === "string" ? options.what : options.what();
    if (waited >= options.timeout) {
      throw new GaveUpError(
        `gave up waiting for ${what}, got none in ${duration(options.timeout)}; ` +
          `run \`pulumi up\` again to go on waiting, or give the resource a longer ${options.longer ?? "customTimeouts"}`,
      );
    }
    const message = `waiting for ${what} (${duration(waited)})`;
    if (!options.quiet?.() && message !== shown) {
      operation.progress(message);
      shown = message;
    }
    const paused = runtime.sleep(pause, operation.signal);
    if (!hurry) await paused;
    else if ((await Promise.race([paused, hurry.then(() => "hurried")])) === "hurried") {
      hurry = undefined;
      // It is due: what is not there at once will be soon.
      pause = first;
      // The pause left behind may still be cancelled, which nobody waits for any more.
      paused.catch(() => {});
    }
  }
}

/** `90 s`, `5 min` */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
