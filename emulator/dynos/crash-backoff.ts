const FIRST_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 20 * 60;
const HEALTHY_SECONDS = 5 * 60;

/**
 * How long a crashed dyno rests: not at all after its first crash, then longer each time. Heroku
 * does the same with longer pauses: https://devcenter.heroku.com/articles/dynos#dyno-crash-restart-policy
 */
export class CrashBackoff {
  private crashes = 0;

  /** Seconds until the next start, after a run of `upSeconds`. */
  pauseAfter(upSeconds: number): number {
    if (upSeconds >= HEALTHY_SECONDS) this.crashes = 0;
    this.crashes += 1;
    if (this.crashes === 1) return 0;
    return Math.min(FIRST_PAUSE_SECONDS * 2 ** (this.crashes - 2), LONGEST_PAUSE_SECONDS);
  }
}
