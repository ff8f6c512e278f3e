import type { Answer } from "./visitor";

/** What a healthy response looks like. */
export interface Health {
  status: number;
  /** Text that the body has to contain. */
  text?: string | undefined;
}

const BODY_SHOWN = 500;
/** Redirects within an app that are followed. */
export const REDIRECTS_FOLLOWED = 5;

/** What is wrong with a response, undefined when it is healthy. */
export function unhealthy(response: Answer, { status, text }: Health): string | undefined {
  if (response.status !== status) return describeResponse(response);
  if (text === undefined || response.body.includes(text)) return undefined;
  return `${describeResponse(response)} (without ${JSON.stringify(text)})`;
}

/** A response as an error shows it: its status, where it leads, and the beginning of its body. */
export function describeResponse({ status, location, body }: Answer): string {
  const text = body.trim().replaceAll(/\s+/g, " ");
  const shown = text.length > BODY_SHOWN ? `${text.slice(0, BODY_SHOWN)}…` : text;
  return `${status}${location ? ` to ${location}` : ""}${shown ? `: ${shown}` : ""}`;
}

/** Where a redirect leads, if that is another page of the same host, also one that only changes to https. */
export function redirectWithin(from: string, { status, location }: Answer): URL | undefined {
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  return to.hostname === new URL(from).hostname ? to : undefined;
}
