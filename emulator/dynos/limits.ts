/** The times a dyno is given, in seconds: https://devcenter.heroku.com/articles/limits#dynos */
export interface DynoLimits {
  /** A web process must listen on its port by then (R10). */
  boot: number;
  /** Between SIGTERM and SIGKILL (R12). */
  exit: number;
  /** Between two looks at a dyno's memory (R14). */
  memoryCheck: number;
}

export const HEROKU_DYNO_LIMITS: DynoLimits = { boot: 60, exit: 30, memoryCheck: 20 };
