import type { Clock } from "../clock";

/** Heroku's limit for each account, and how fast it is refilled. */
const POOL = 4_500;
const TOKENS_PER_MS = 75 / 60_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** The APIs' request limit of each account. Requests are always counted, but refused only while `enforced`. */
export class RateLimits {
  enforced = false;
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Clock) {}

  remaining(accountId: string): number {
    return Math.floor(this.tokens(accountId));
  }

  /** Takes one token; false if there is none and the limit is enforced. */
  take(accountId: string): boolean {
    const tokens = this.tokens(accountId);
    if (tokens < 1) return !this.enforced;
    this.buckets.set(accountId, { tokens: tokens - 1, at: this.clock.now() });
    return true;
  }

  /** Sets how many tokens an account has left. */
  set(accountId: string, tokens: number): void {
    this.buckets.set(accountId, { tokens, at: this.clock.now() });
  }

  clear(): void {
    this.enforced = false;
    this.buckets.clear();
  }

  private tokens(accountId: string): number {
    const bucket = this.buckets.get(accountId);
    if (bucket === undefined) return POOL;
    return Math.min(POOL, bucket.tokens + Math.max(0, this.clock.now() - bucket.at) * TOKENS_PER_MS);
  }
}
