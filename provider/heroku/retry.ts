/** How often and how long a request is tried again. */
export interface RetryPolicy {
  /** Tries again after a network fault or a 5xx; only requests that may be repeated. */
  faults: number;
  /** Tries again after a 429. Heroku refills a spent pool of requests at about 75 a minute, so this takes minutes. */
  throttled: number;
}

export const defaultRetries: RetryPolicy = { faults: 5, throttled: 10 };

/** What one try came to: an answer's status and headers, or nothing when the network failed. */
export interface Outcome {
  status?: number;
  headers?: Headers;
}

const transient = new Set([500, 502, 503, 504]);
const longestPause = { fault: 30_000, throttled: 60_000, asked: 300_000 };

/**
 * Milliseconds to wait before the next try, or undefined when there is to be none. A 429 was never carried out, so any
 * request may follow it; after a 5xx or a network fault nobody knows, so only a repeatable one may.
 * `failures` counts the tries that have failed the same way, this one included.
 */
export function pauseBeforeRetry(
  outcome: Outcome,
  failures: number,
  repeatable: boolean,
  policy: RetryPolicy,
  random: () => number,
): number | undefined {
  if (outcome.status === 429) {
    if (failures > policy.throttled) return undefined;
    return retryAfter(outcome.headers) ?? backoff(1_000, failures, longestPause.throttled, random);
  }
  const failed = outcome.status === undefined || transient.has(outcome.status);
  if (!failed || !repeatable || failures > policy.faults) return undefined;
  return retryAfter(outcome.headers) ?? backoff(250, failures, longestPause.fault, random);
}

/** Doubles from `first`, capped; the upper half is drawn by lot so that parallel requests do not return together. */
function backoff(first: number, failures: number, cap: number, random: () => number): number {
  const full = Math.min(cap, first * 2 ** (failures - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/** `Retry-After` in milliseconds: seconds or an HTTP date, at most five minutes. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const header = headers?.get("retry-after");
  if (!header) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestPause.asked) : undefined;
}
