import type { Writable } from "node:stream";
import type { Clock } from "../../clock";
import { lineSink } from "../../docker/lines";
import type { TransferLog, TransferRecord } from "../../store/entities";
import type { Store } from "../../store/store";

const FLUSH_MS = 500;
/** A verbose restore of a big schema prints more; nobody reads on. */
const MOST_LINES = 2_000;

/** Keeps a running transfer's record up to date: its log and how far it is, written now and then. */
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

  /** Counts bytes on their way. */
  count(chunk: Buffer): void {
    this.processedBytes += chunk.length;
  }

  /** Writes the record's last state. */
  finish(fields: Partial<TransferRecord>): void {
    this.flush({ ...fields, finishedAt: this.clock.timestamp() });
    this.stop();
  }

  /** Writes nothing any more. */
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
