/** A release that was made and is not healthy: what was expected, what was seen, what to change. */
export class UnhealthyError extends Error {
  override readonly name = "UnhealthyError";

  /** `dyno` is the one whose log says more, as in `worker.1`. */
  constructor(
    message: string,
    readonly dyno?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
