import type { Answer } from "../../http/visitor";

const bodyShown = 500;

/** A release that was made and does not do what it should: what was expected, what was seen, what to change. */
export class UnhealthyError extends Error {
  override readonly name = "UnhealthyError";
}

/** An answer as an error shows it: its status, where it leads, and the beginning of its body. */
export function describeAnswer({ status, location, body }: Answer): string {
  const text = body.trim().replaceAll(/\s+/g, " ");
  const shown = text.length > bodyShown ? `${text.slice(0, bodyShown)}…` : text;
  return `${status}${location ? ` to ${location}` : ""}${shown ? `: ${shown}` : ""}`;
}
