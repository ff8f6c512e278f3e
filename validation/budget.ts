import { DYNO_MEMORY, postgresConnections, redisConnections } from "./catalog";
import { DEFAULTS } from "./defaults";
import type { Issue } from "./issue";
import { mustBe } from "./rule";

/** What the worker processes of one dyno need. */
export interface Workers {
  /** Worker processes per dyno, passed to web dynos as WEB_CONCURRENCY. @default 1 */
  count?: number;
  /** Megabytes per worker. @default not counted */
  memory?: number;
  /** Postgres connections per worker, passed to web dynos as DATABASE_POOL_SIZE. @default 0 */
  postgres?: number;
  /** Redis connections per worker. @default 0 */
  redis?: number;
}

/** Demand on the plans: which dynos connect, and how many at once. */
export interface Demand {
  processTypes: Readonly<Record<string, { size?: string; quantity?: number; workers?: Workers }>>;
  /** Whether the old web dynos still run while a release starts new ones. */
  preboot: boolean;
  /** Undefined without the add-on. */
  postgres?: { plan?: string };
  redis?: { plan?: string };
}

/** Connections at peak, and how many the plan allows. */
interface Budget {
  sum: number;
  /** Undefined for a plan whose limit is not known. */
  limit: number | undefined;
  /** `18 of 120: web 2 × 1 × 4 × 2 (preboot), release 1, backup 1`. */
  text: string;
}

/** How the connections add up, for the preview; undefined if no process type declares workers. */
export function connectionBudgets(demand: Demand): { postgres?: string; redis?: string } | undefined {
  if (!Object.values(demand.processTypes).some(({ workers }) => workers)) return undefined;
  return { postgres: postgresBudget(demand)?.text, redis: redisBudget(demand)?.text };
}

/** Connections that exceed the plans, and workers that exceed the dynos. */
export function budgetIssues(demand: Demand): Issue[] {
  if (connectionBudgets(demand) === undefined) return [];
  return [
    ...overLimit("postgres.plan", postgresBudget(demand)),
    ...overLimit("redis.plan", redisBudget(demand)),
    ...Object.entries(demand.processTypes).flatMap(([type, { size = DEFAULTS.dynoSize, workers = {} }]) => {
      const { count = 1, memory = 0 } = workers;
      const room = DYNO_MEMORY[size.toLowerCase()];
      if (type === "release" || room === undefined || count * memory <= room) return [];
      const asked = `${count} × ${memory} = ${count * memory} MB`;
      const what = `at most the ${room} MB of a ${size} dyno`;
      return [
        {
          propertyPath: `processTypes.${type}.workers`,
          reason: mustBe(what, asked, "run fewer workers, or a larger size"),
        },
      ];
    }),
  ];
}

function postgresBudget(demand: Demand): Budget | undefined {
  if (demand.postgres === undefined) return undefined;
  const { plan = DEFAULTS.postgresPlan } = demand.postgres;
  // A backup is a dump, which connects like a dyno.
  return budget(postgresConnections(plan), [...parts(demand, "postgres"), { text: "backup 1", sum: 1 }]);
}

function redisBudget(demand: Demand): Budget | undefined {
  if (demand.redis === undefined) return undefined;
  const { plan = DEFAULTS.redisPlan } = demand.redis;
  return budget(redisConnections(plan), parts(demand, "redis"));
}

interface Part {
  text: string;
  sum: number;
}

function parts({ processTypes, preboot }: Demand, service: "postgres" | "redis"): Part[] {
  return Object.entries(processTypes).flatMap(([type, { quantity = DEFAULTS.quantity, workers = {} }]) => {
    const { count = 1, [service]: each = 0 } = workers;
    if (each === 0) return [];
    // The release phase is one dyno and runs while the old ones serve.
    if (type === "release") return [{ text: `release ${count * each}`, sum: count * each }];
    const isDoubled = type === "web" && preboot;
    const sum = quantity * count * each * (isDoubled ? 2 : 1);
    return [{ text: `${type} ${quantity} × ${count} × ${each}${isDoubled ? " × 2 (preboot)" : ""}`, sum }];
  });
}

function budget(limit: number | undefined, of: Part[]): Budget {
  const sum = of.reduce((total, part) => total + part.sum, 0);
  const detail = of.map(({ text }) => text).join(", ");
  return { sum, limit, text: `${sum} of ${limit ?? "an unknown number"}${detail === "" ? "" : `: ${detail}`}` };
}

function overLimit(propertyPath: string, budget: Budget | undefined): Issue[] {
  if (budget?.limit === undefined || budget.sum <= budget.limit) return [];
  const what = `a plan that allows the connections of all dynos (dynos × workers × connections)`;
  const fix = "choose a larger plan, fewer dynos or workers, or fewer connections of each";
  return [{ propertyPath, reason: mustBe(what, budget.text, fix) }];
}
