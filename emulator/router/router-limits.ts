/** Time limits of the router in seconds: https://devcenter.heroku.com/articles/http-routing#timeouts */
export interface RouterLimits {
  /** For a connection to a dyno (H19). */
  connect: number;
  /** For the first byte of a response (H12). */
  firstByte: number;
  /** For the next byte in either direction after that (H15). */
  idle: number;
  /** For a web dyno to be up (H20). */
  boot: number;
}

export const HEROKU_ROUTER_LIMITS: RouterLimits = { connect: 5, firstByte: 30, idle: 55, boot: 75 };
