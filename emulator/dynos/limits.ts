/** Time limits of dynos in seconds: https://devcenter.heroku.com/articles/limits#dynos */
export interface DynoLimits {
  /** For a web process to listen on its port (R10). */
  boot: number;
  /** Between a web dyno's last request and SIGTERM; one second in Heroku's logs. */
  drain: number;
  /** Between SIGTERM and SIGKILL (R12). */
  exit: number;
  /** Between two checks of a dyno's memory (R14). */
  memoryCheck: number;
}

export const HEROKU_DYNO_LIMITS: DynoLimits = { boot: 60, drain: 1, exit: 30, memoryCheck: 20 };
