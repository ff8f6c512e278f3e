/** Cancels a timer; does nothing once it has fired. */
export type Cancel = () => void;

interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

/** The longest delay that Node's timers support. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * The instance's time: the machine's time plus an offset. Whatever Heroku does after some time runs on it, such as
 * provisioning, backups and restarts. Moving it forward fires every timer on the way at its own time, so that a step
 * of three days makes three daily backups.
 */
export class Clock {
  private readonly timers = new Set<Timer>();
  private wake: NodeJS.Timeout | undefined;

  /** `offset` in milliseconds; `moved` is called with each new offset, so that it can be stored. */
  constructor(
    private offset = 0,
    private readonly moved: (offset: number) => void = () => {},
  ) {}

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** ISO 8601 in UTC, as in records. */
  timestamp(): string {
    return new Date(this.now()).toISOString();
  }

  /** Calls `fire` once the clock reaches `due` (milliseconds since the epoch), which may be in the past. */
  at(due: number, fire: () => void): Cancel {
    const timer = { due, fire };
    this.timers.add(timer);
    this.schedule();
    return () => {
      this.timers.delete(timer);
      this.schedule();
    };
  }

  /** Calls `fire` after `ms` milliseconds. */
  after(ms: number, fire: () => void): Cancel {
    return this.at(this.now() + ms, fire);
  }

  /** Resolves once the clock reaches `due` (milliseconds since the epoch). */
  until(due: number): Promise<void> {
    return new Promise((resolve) => this.at(due, resolve));
  }

  /** Moves the clock by `ms`. Moving it back fires nothing. */
  advance(ms: number): void {
    const target = this.now() + ms;
    for (let next = this.earliest(); next !== undefined && next.due <= target; next = this.earliest()) {
      this.offset = Math.max(this.offset, next.due - Date.now());
      this.fire(next);
    }
    this.offset = target - Date.now();
    this.moved(this.offset);
    this.schedule();
  }

  /** Moves the clock to a time (milliseconds since the epoch). */
  set(time: number): void {
    this.advance(time - this.now());
  }

  /** Cancels every timer. */
  close(): void {
    this.timers.clear();
    clearTimeout(this.wake);
  }

  private earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (first === undefined || timer.due < first.due) first = timer;
    return first;
  }

  private fire(timer: Timer): void {
    this.timers.delete(timer);
    timer.fire();
  }

  private schedule(): void {
    clearTimeout(this.wake);
    const next = this.earliest();
    if (next === undefined) return;
    const wait = Math.min(Math.max(next.due - this.now(), 0), LONGEST_WAIT_MS);
    this.wake = setTimeout(() => this.fireDue(), wait);
    this.wake.unref();
  }

  private fireDue(): void {
    const now = this.now();
    const due = [...this.timers].filter((timer) => timer.due <= now).sort((a, b) => a.due - b.due);
    for (const timer of due) if (this.timers.has(timer)) this.fire(timer);
    this.schedule();
  }
}
