/** One request as the log keeps it: no header, no body, so no secret. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly userAgent: string;
}

const KEPT = 10_000;

/** The newest requests of the API. */
export class RequestLog {
  private rows: LoggedRequest[] = [];
  private readonly listeners = new Set<(row: LoggedRequest) => void>();

  add(row: LoggedRequest): void {
    this.rows.push(row);
    if (this.rows.length > KEPT * 2) this.rows = this.rows.slice(-KEPT);
    for (const listener of this.listeners) listener(row);
  }

  /** Oldest first. */
  all(): readonly LoggedRequest[] {
    return this.rows.slice(-KEPT);
  }

  clear(): void {
    this.rows = [];
  }

  /** Calls `listener` for each request from now on; the answer ends that. */
  follow(listener: (row: LoggedRequest) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
