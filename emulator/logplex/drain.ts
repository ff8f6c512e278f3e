import { setTimeout as sleep } from "node:timers/promises";
import type { Ids } from "../ids";
import type { LogEntry } from "../machines";
import type { LogDrainRecord } from "../store/entities";
import { formatFrame } from "./log-entry";

/**
 * When more lines wait, the oldest ones are dropped (L10):
 * https://devcenter.heroku.com/articles/error-codes#l10-drain-buffer-overflow
 */
const LONGEST_QUEUE = 1_000;
const LARGEST_BATCH = 100;
const REPLY_SECONDS = 5;
const LONGEST_PAUSE_MS = 30_000;

/** Sends an app's lines to one URL in batches; a refused batch is sent again before later lines. */
export class Drain {
  private queue: LogEntry[] = [];
  private dropped = 0;
  private busy = false;
  private readonly closed = new AbortController();

  /** `exists` returns whether the drain still exists. */
  constructor(
    private readonly record: Pick<LogDrainRecord, "url" | "token">,
    private readonly exists: () => boolean,
    private readonly ids: Ids,
    private readonly firstPauseMs = 1_000,
  ) {}

  send(entry: LogEntry): void {
    this.queue.push(entry);
    if (this.queue.length > LONGEST_QUEUE) {
      this.queue.shift();
      this.dropped += 1;
    }
    if (!this.busy) void this.work();
  }

  close(): void {
    this.closed.abort();
  }

  private async work(): Promise<void> {
    this.busy = true;
    let pause = this.firstPauseMs;
    while (this.queue.length > 0 && !this.closed.signal.aborted && this.exists()) {
      const batch = this.take();
      if (await this.post(batch)) {
        pause = this.firstPauseMs;
        continue;
      }
      this.queue.unshift(...batch);
      await sleep(pause, undefined, { signal: this.closed.signal, ref: false }).catch(() => {});
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    this.busy = false;
  }

  private take(): LogEntry[] {
    const batch = this.queue.splice(0, LARGEST_BATCH);
    const [first] = batch;
    if (this.dropped === 0 || !first) return batch;
    const message = `Error L10 (output buffer overflow): ${this.dropped} messages dropped.`;
    this.dropped = 0;
    return [{ source: "heroku", dyno: "logplex", message, time: first.time }, ...batch];
  }

  private async post(batch: readonly LogEntry[]): Promise<boolean> {
    const url = new URL(this.record.url);
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const headers: Record<string, string> = {
      "Content-Type": "application/logplex-1",
      "Logplex-Msg-Count": String(batch.length),
      "Logplex-Frame-Id": this.ids.uuid(),
      "Logplex-Drain-Token": this.record.token,
      "User-Agent": "Logplex/v73",
    };
    if (url.username !== "") headers.Authorization = `Basic ${btoa(credentials)}`;
    url.username = "";
    url.password = "";
    const signal = AbortSignal.any([this.closed.signal, AbortSignal.timeout(REPLY_SECONDS * 1_000)]);
    const body = batch.map(formatFrame).join("");
    const reply = await fetch(url, { method: "POST", headers, body, signal }).catch(() => undefined);
    await reply?.body?.cancel();
    return reply?.ok ?? false;
  }
}
