import type { Cancel, Clock } from "../clock";

const FIRST_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 20 * 60;
const HEALTHY_SECONDS = 5 * 60;

/**
 * Schedules the restarts of an app's crashed dynos: at once after the first crash, then after longer and longer pauses.
 * Heroku does the same with longer pauses: https://devcenter.heroku.com/articles/dynos#dyno-crash-restart-policy
 */
export class CrashRestarts {
  /** Crashes in a row by the dyno's name. */
  private readonly crashes = new Map<string, number>();
  private readonly timers = new Map<string, Cancel>();
  private closed = false;

  constructor(private readonly clock: Clock) {}

  /** Calls `restart` after the pause due to a dyno that was up for `upSeconds`. */
  schedule(name: string, upSeconds: number, restart: () => void): void {
    if (this.closed) return;
    const crashes = upSeconds >= HEALTHY_SECONDS ? 1 : (this.crashes.get(name) ?? 0) + 1;
    this.crashes.set(name, crashes);
    this.cancel(name);
    this.timers.set(name, this.clock.after(pauseAfter(crashes) * 1_000, restart));
  }

  cancel(name: string): void {
    this.timers.get(name)?.();
    this.timers.delete(name);
  }

  /** Makes the dyno's next crash count as its first. */
  forget(name: string): void {
    this.cancel(name);
    this.crashes.delete(name);
  }

  close(): void {
    this.closed = true;
    for (const cancel of this.timers.values()) cancel();
  }
}

function pauseAfter(crashes: number): number {
  return crashes === 1 ? 0 : Math.min(FIRST_PAUSE_SECONDS * 2 ** (crashes - 2), LONGEST_PAUSE_SECONDS);
}
