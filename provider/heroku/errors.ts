/** Advice for the statuses whose cause is the caller's configuration, not the request. */
const advice: Partial<Record<number, (keySetting: string) => string>> = {
  401: (keySetting) => `check ${keySetting} or HEROKU_API_KEY`,
  402: () => "the account has unpaid invoices; settle them on Heroku's dashboard",
};

/** A request that Heroku answered with an error. `message` reads `POST /apps: 422 invalid_params: Name is taken`. */
export class HerokuError extends Error {
  override readonly name = "HerokuError";

  constructor(
    readonly method: string,
    /** Path of the request, without host and query. */
    readonly path: string,
    /** HTTP status. */
    readonly status: number,
    /** Heroku's error id, e.g. `invalid_params`; `http_error` when the answer was not Heroku's JSON. */
    readonly id: string,
    /** Heroku's own message. */
    readonly reason: string,
    /** What the user's configuration calls the API key. */
    keySetting = "heroku-native:apiKey",
  ) {
    const hint = advice[status]?.(keySetting);
    super(`${method} ${path}: ${status} ${id}: ${reason}${hint ? `; ${hint}` : ""}`);
  }
}

/** A request that got no answer at all. */
export class HerokuUnreachableError extends Error {
  override readonly name = "HerokuUnreachableError";

  constructor(method: string, path: string, origin: string, setting: string, cause: unknown) {
    super(
      `${method} ${path}: no answer from ${origin}, got ${networkFault(cause)}; ` +
        `start the server that listens there, or correct ${setting}`,
      { cause },
    );
  }
}

/** Whether Heroku says that the thing asked for does not exist (any more). */
export function isGone(error: unknown): boolean {
  return error instanceof HerokuError && (error.status === 404 || error.status === 410);
}

/** `fetch` reports every network fault as "fetch failed" and hides the reason in a chain of causes. */
function networkFault(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  if ("code" in error && typeof error.code === "string") return error.code;
  if ("cause" in error && error.cause !== undefined) return networkFault(error.cause);
  return "message" in error ? String(error.message) : String(error);
}
