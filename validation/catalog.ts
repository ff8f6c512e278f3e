/**
 * What Heroku sells, as far as a preview can know without asking it: names, and the limits that an app can run into.
 * For prices, ask Heroku (`GET /addon-services/{service}/plans`, `GET /dyno-sizes`).
 */

/** When these lists were last compared with Heroku's pages. */
export const CATALOG_DATE = "2026-08";

/** Heroku Postgres plans, without the service prefix. There is no plan number 1 above Essential. */
export const POSTGRES_PLANS: readonly string[] = [
  ...[0, 1, 2].map((n) => `essential-${n}`),
  ...["standard", "premium", "private", "shield"].flatMap((tier) =>
    [0, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `${tier}-${n}`),
  ),
];

/** Heroku Key-Value Store plans, without the service prefix. */
export const REDIS_PLANS: readonly string[] = [
  "mini",
  ...[0, 1, 2, 3, 5, 7, 9, 10, 12, 14].map((n) => `premium-${n}`),
  ...["private", "shield"].flatMap((tier) => [1, 2, 3, 4, 5, 7, 9].map((n) => `${tier}-${n}`)),
];

/** Dyno sizes of the Cedar generation, which runs container images. Heroku takes them in any case. */
export const DYNO_SIZES: readonly string[] = [
  "eco",
  "basic",
  "standard-1x",
  "standard-2x",
  "performance-m",
  "performance-l",
  "performance-l-ram",
  "performance-xl",
  "performance-2xl",
  "private-s",
  "private-m",
  "private-l",
  "shield-s",
  "shield-m",
  "shield-l",
];

/** Memory of a dyno of each size, in MB. Dev Center, "Dyno Types", 2024-06. */
export const DYNO_MEMORY: Readonly<Record<string, number>> = {
  eco: 512,
  basic: 512,
  "standard-1x": 512,
  "standard-2x": 1_024,
  "performance-m": 2_560,
  "performance-l": 14_336,
  "performance-l-ram": 30_720,
  "performance-xl": 63_488,
  "performance-2xl": 129_024,
  "private-s": 1_024,
  "private-m": 2_560,
  "private-l": 14_336,
  "shield-s": 1_024,
  "shield-m": 2_560,
  "shield-l": 14_336,
};

/** Dyno sizes that Heroku limits to one dyno per process type, without preboot. */
export const SINGLE_DYNO_SIZES: readonly string[] = ["eco", "basic"];

/** Regions of the Common Runtime and of Private Spaces. */
export const REGIONS: readonly string[] = [
  "us",
  "eu",
  "dublin",
  "frankfurt",
  "london",
  "montreal",
  "mumbai",
  "oregon",
  "singapore",
  "sydney",
  "tokyo",
  "virginia",
];

/** What the Key-Value Store can do when its memory is full. */
export const EVICTION_POLICIES: readonly string[] = [
  "noeviction",
  "allkeys-lru",
  "volatile-lru",
  "allkeys-random",
  "volatile-random",
  "volatile-ttl",
  "allkeys-lfu",
  "volatile-lfu",
];

/**
 * Connections that a Heroku Postgres plan allows; undefined where that is not known. Dev Center, "Choosing a plan",
 * 2024-09.
 */
export function postgresConnections(plan: string): number | undefined {
  const [, tier, number] = /^(?:heroku-postgresql:)?([a-z]+)-(\d+)$/.exec(plan) ?? [];
  if (tier === "essential") return number === "2" ? 40 : 20;
  if (tier === undefined) return undefined;
  return number === "0" ? 120 : number === "2" ? 400 : 500;
}

const REDIS_CONNECTIONS: Readonly<Record<string, number>> = {
  mini: 20,
  "premium-0": 40,
  "premium-1": 80,
  "premium-2": 200,
  "premium-3": 400,
  "premium-5": 1_000,
  "premium-7": 10_000,
  "premium-9": 25_000,
  "premium-10": 40_000,
  "premium-12": 65_000,
  "premium-14": 65_000,
};

/** Connections that a Key-Value Store plan allows; undefined where that is not known. Dev Center, 2024-10. */
export function redisConnections(plan: string): number | undefined {
  return REDIS_CONNECTIONS[plan.replace(/^heroku-redis:/, "")];
}

/** Checks of a preflight that can be turned off. */
export const PREFLIGHT_CHECKS = ["platform", "command", "size", "release", "boot", "releaseCheck"] as const;
