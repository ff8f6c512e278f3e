import type { Answer } from "../../http/visitor";

const bodyShown = 500;

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

/** A response as an error shows it: its status, where it leads, and the beginning of its body. */
export function describeAnswer({ status, location, body }: Answer): string {
  const text = body.trim().replaceAll(/\s+/g, " ");
  const shown = text.length > bodyShown ? `${text.slice(0, bodyShown)}…` : text;
  return `${status}${location ? ` to ${location}` : ""}${shown ? `: ${shown}` : ""}`;
}
