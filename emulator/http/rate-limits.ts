import type { Clock } from "../clock";

/** Heroku's pool for each account and how fast it fills up again. */
const POOL = 4_500;
const TOKENS_PER_MS = 75 / 60_000;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** The API's request quota by account. It always counts; it refuses only while `enforced`. */
export class RateLimits {
  enforced = false;
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Clock) {}

  remaining(accountId: string): number {
    return Math.floor(this.tokens(accountId));
  }

  /** Takes one token; false when there is none and the limit is enforced. */
  take(accountId: string): boolean {
    const tokens = this.tokens(accountId);
    if (tokens < 1) return !this.enforced;
    this.buckets.set(accountId, { tokens: tokens - 1, at: this.clock.now() });
    return true;
  }

  /** Leaves an account with so many tokens. */
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
