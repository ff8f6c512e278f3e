import { CrashBackoff } from "./crash-backoff";

/** When the crashed dynos of an app start again, by their names. */
export class CrashRestarts {
  private readonly backoffs = new Map<string, CrashBackoff>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private closed = false;

  /** Calls `again` after the pause that is due to a dyno that was up for so long. */
  later(name: string, upSeconds: number, again: () => void): void {
    if (this.closed) return;
    const backoff = this.backoffs.get(name) ?? new CrashBackoff();
    this.backoffs.set(name, backoff);
    this.timers.set(name, setTimeout(again, backoff.pauseAfter(upSeconds) * 1_000));
  }

  cancel(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }

  /** The next crash is the first again. */
  forget(name: string): void {
    this.cancel(name);
    this.backoffs.delete(name);
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
