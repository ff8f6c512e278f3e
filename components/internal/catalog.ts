/**
 * What Heroku sells, as far as a preview can know without asking it. Names only: prices and limits are
 * Heroku's to say (`GET /addon-services/{service}/plans`, `GET /dyno-sizes`).
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

/** Dyno sizes that Heroku limits to one dyno per process type and that know no preboot. */
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

/** What the Key-Value Store may do when memory is full. */
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
