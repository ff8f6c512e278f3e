import type { Writable } from "node:stream";
import type { Clock } from "../../clock";
import { lineSink } from "../../docker/lines";
import type { TransferLog, TransferRecord } from "../../store/entities";
import type { Store } from "../../store/store";

const FLUSH_MS = 500;
/** A verbose restore of a large schema prints more, which nobody reads. */
const MOST_LINES = 2_000;

/** Writes a running transfer's log and progress to its record at intervals. */
export class TransferJournal {
  private processedBytes = 0;
  private stopped = false;
  private readonly logs: TransferLog[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly transferId: string,
  ) {
    this.timer = setInterval(() => this.flush(), FLUSH_MS);
    this.timer.unref();
  }

  log(message: string, level = "info"): void {
    if (this.logs.length < MOST_LINES) this.logs.push({ createdAt: this.clock.timestamp(), level, message });
  }

  /** A sink that logs each line. */
  lines(alsoTo: (line: string) => void = () => {}): Writable {
    return lineSink((line) => {
      this.log(line);
      alsoTo(line);
    });
  }

  /** Counts processed bytes. */
  count(chunk: Buffer): void {
    this.processedBytes += chunk.length;
  }

  /** Writes the record for the last time. */
  finish(fields: Partial<TransferRecord>): void {
    this.flush({ ...fields, finishedAt: this.clock.timestamp() });
    this.stop();
  }

  /** Stops writing. */
  stop(): void {
    clearInterval(this.timer);
    this.stopped = true;
  }

  flush(fields: Partial<TransferRecord> = {}): void {
    if (this.stopped) return;
    const { processedBytes, logs, clock } = this;
    this.store
      .collection("transfers")
      .update(this.transferId, { ...fields, processedBytes, logs: [...logs], updatedAt: clock.timestamp() });
  }
}
