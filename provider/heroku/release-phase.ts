import { plainText } from "../text";
import type { HerokuClient } from "./client";
import { listDynos, stopDyno } from "./dynos";
import { getRelease } from "./releases";
import type { App, Release } from "./types";
import { duration, GaveUpError, waitUntil } from "./wait";

/** How a release ended. */
export interface ReleaseOutcome {
  release: Release;
  /** The last lines that the release phase printed. */
  output: string[];
  /** Milliseconds that the release phase had been given when it was stopped; missing when it ended by itself. */
  stoppedAfter?: number;
}

const linesKept = 20;
/** As long as a line of Heroku's logs can be; of a longer one the beginning is shown. */
const lineLimit = 10_000;
const openingTries = 30;
/** Milliseconds without a further line after which a stream that does not end is left. */
const lastWords = 2_000;
/** Heroku kills a dyno 30 s after it was told to end. */
const endTimeout = 60_000;

/**
 * Waits for a release to end, and shows what its release phase prints. Stops one that takes longer than `timeout` milliseconds,
 * which Heroku counts as a failure of the release.
 */
export async function waitForRelease(
  client: HerokuClient,
  app: App,
  pending: Release,
  timeout: number,
): Promise<ReleaseOutcome> {
  if (pending.status !== "pending" && !pending.output_stream_url) return { release: pending, output: [] };
  const output: Output = { lines: [], count: 0 };
  const stop = new AbortController();
  const reading = pending.output_stream_url
    ? readOutput(client, pending.output_stream_url, output, stop.signal)
    : undefined;
  const what = `release v${pending.version} of app "${app.name}"`;
  const look = async () => {
    const current = await getRelease(client, app, pending.id);
    return current.status === "pending" ? undefined : current;
  };
  const untilEnd = (timeout: number) => {
    const quiet = () => output.count > 0;
    return waitUntil(client, { what, timeout, longer: "releaseTimeout", hurry: reading, quiet, look });
  };
  try {
    let stoppedAfter: number | undefined;
    const release = await untilEnd(timeout).catch(async (error: unknown) => {
      if (!(error instanceof GaveUpError) || !(await stopPhase(client, app, pending, timeout))) throw error;
      stoppedAfter = timeout;
      return untilEnd(endTimeout);
    });
    if (release.status === "failed") await readToEnd(client, reading, output);
    // It may have come to a good end just before it was told to stop.
    return {
      release,
      output: output.lines,
      ...(release.status === "failed" && stoppedAfter !== undefined ? { stoppedAfter } : {}),
    };
  } finally {
    stop.abort();
  }
}

/** What was read of a release phase's output. */
interface Output {
  /** The last lines. */
  lines: string[];
  /** Lines read, of which most are forgotten. */
  count: number;
}

/** Reads on for as long as lines come: a release phase may print faster than its output is read. */
async function readToEnd(client: HerokuClient, reading: Promise<void> | undefined, output: Output): Promise<void> {
  const ended = reading?.then(() => true) ?? true;
  const pause = () => client.runtime.sleep(lastWords, client.operation.signal).then(() => false);
  let before = -1;
  while (before < output.count) {
    before = output.count;
    if (await Promise.race([ended, pause()])) return;
  }
}

/** Ends the dyno that runs a release phase; false when Heroku lists none. */
async function stopPhase(client: HerokuClient, app: App, release: Release, timeout: number): Promise<boolean> {
  const dynos = await listDynos(client, app);
  const running = dynos.filter((dyno) => dyno.type === "release" && dyno.release.version === release.version);
  if (running.length === 0) return false;
  client.operation.progress(
    `stopping the release phase of v${release.version} of app "${app.name}", which has run for ${duration(timeout)}`,
  );
  await Promise.all(running.map((dyno) => stopDyno(client, app, dyno)));
  return true;
}

/**
 * Reads the stream to its end, into `output`. It answers 404 until the release phase has started, as Heroku's CLI
 * knows too. What cannot be read is no failure: the release's status alone decides.
 */
async function readOutput(client: HerokuClient, url: string, output: Output, stop: AbortSignal): Promise<void> {
  const { runtime, operation } = client;
  const signal = AbortSignal.any([stop, operation.signal]);
  try {
    for (let tries = 0; tries < openingTries; tries++) {
      // The URL carries its own access token; the API key is not for its host.
      const response = await runtime.fetch(url, { signal });
      if (response.ok && response.body) {
        await collectLines(response.body, output, (line) => operation.progress(line));
        return;
      }
      await response.body?.cancel();
      await runtime.sleep(1_000, signal);
    }
  } catch {
    // The stream was cut, or nobody needs it any more.
  }
}

async function collectLines(
  body: ReadableStream<Uint8Array>,
  output: Output,
  show: (line: string) => void,
): Promise<void> {
  const take = (line: string) => {
    const text = plainText(line.slice(0, lineLimit));
    if (text === "") return;
    output.count += 1;
    output.lines.push(text);
    if (output.lines.length > linesKept) output.lines.shift();
    show(text);
  };
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (parts.pop() ?? "").slice(0, lineLimit);
    parts.forEach(take);
  }
  take(rest);
}
