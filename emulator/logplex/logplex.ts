import type { Clock } from "../clock";
import type { Ids } from "../ids";
import type { LogEntry, LogLine, LogReader, Logs } from "../machines";
import type { LogDrainRecord } from "../store/entities";
import type { Store } from "../store/store";
import { Drain } from "./drain";

/** How many lines Logplex keeps: https://devcenter.heroku.com/articles/logging#log-history-limits */
const KEPT_LINES = 1_500;
/** Old lines are removed in blocks, so that not every new line moves the others. */
const SLACK = 500;

type Reader = (entry: LogEntry) => void;

/** The newest lines of every app, in memory. New lines go to readers and drains at once. */
export class Logplex implements Logs, LogReader {
  private readonly lines = new Map<string, LogEntry[]>();
  private readonly readers = new Map<string, Set<Reader>>();
  private readonly drains = new Map<string, Drain>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  append(appId: string, line: LogLine): void {
    const entry = { ...line, time: this.clock.now() };
    const lines = this.lines.get(appId) ?? [];
    this.lines.set(appId, lines);
    lines.push(entry);
    if (lines.length >= KEPT_LINES + SLACK) lines.splice(0, lines.length - KEPT_LINES);
    for (const reader of this.readers.get(appId) ?? []) reader(entry);
    for (const record of this.store.collection("logDrains").by("app", appId)) this.drainOf(record).send(entry);
  }

  removeApp(appId: string): void {
    this.lines.delete(appId);
    this.readers.delete(appId);
  }

  newest(appId: string, wanted: (entry: LogEntry) => boolean, count: number): LogEntry[] {
    const kept = (this.lines.get(appId) ?? []).slice(-KEPT_LINES);
    return count === 0 ? [] : kept.filter(wanted).slice(-count);
  }

  follow(appId: string, reader: Reader): () => void {
    const readers = this.readers.get(appId) ?? new Set();
    this.readers.set(appId, readers.add(reader));
    return () => readers.delete(reader);
  }

  /** Stops sending to drains. */
  close(): void {
    for (const drain of this.drains.values()) drain.close();
    this.drains.clear();
  }

  private drainOf(record: LogDrainRecord): Drain {
    const drain = this.drains.get(record.id) ?? new Drain(record, () => this.drainExists(record.id), this.ids);
    this.drains.set(record.id, drain);
    return drain;
  }

  private drainExists(drainId: string): boolean {
    const exists = this.store.collection("logDrains").get(drainId) !== undefined;
    if (!exists) this.drains.delete(drainId);
    return exists;
  }
}
