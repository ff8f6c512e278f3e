/** A request in the log, without headers and body, which may hold secrets. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly userAgent: string;
}

const LONGEST_LOG = 10_000;

/** The newest requests of the API. */
export class RequestLog {
  private rows: LoggedRequest[] = [];
  private readonly listeners = new Set<(row: LoggedRequest) => void>();

  add(row: LoggedRequest): void {
    this.rows.push(row);
    if (this.rows.length > LONGEST_LOG * 2) this.rows = this.rows.slice(-LONGEST_LOG);
    for (const listener of this.listeners) listener(row);
  }

  /** Oldest first. */
  all(): readonly LoggedRequest[] {
    return this.rows.slice(-LONGEST_LOG);
  }

  clear(): void {
    this.rows = [];
  }

  /** Calls `listener` with each new request until the returned function is called. */
  follow(listener: (row: LoggedRequest) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
