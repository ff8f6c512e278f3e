/** The times a dyno is given, in seconds: https://devcenter.heroku.com/articles/limits#dynos */
export interface DynoLimits {
  /** A web process must listen on its port by then (R10). */
  boot: number;
  /** Between the last request that a web dyno is given and SIGTERM: a second lies between both in Heroku's logs. */
  drain: number;
  /** Between SIGTERM and SIGKILL (R12). */
  exit: number;
  /** Between two looks at a dyno's memory (R14). */
  memoryCheck: number;
}

export const HEROKU_DYNO_LIMITS: DynoLimits = { boot: 60, drain: 1, exit: 30, memoryCheck: 20 };
