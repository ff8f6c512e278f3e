import { budgetIssues, connectionBudgets, type Demand } from "../../validation/budget";

const demand: Demand = {
  processTypes: {
    web: { size: "standard-1x", quantity: 2, workers: { count: 3, memory: 70, postgres: 4, redis: 5 } },
    worker: { size: "standard-2x", quantity: 1, workers: { postgres: 2 } },
    release: { workers: { postgres: 1 } },
  },
  preboot: true,
  postgres: { plan: "standard-0" },
  redis: { plan: "premium-1" },
};

describe("connectionBudgets", () => {
  it("adds up dynos, workers, release phase, backup and preboot's doubling", () => {
    expect(connectionBudgets(demand)).toEqual({
      postgres: "52 of 120: web 2 × 3 × 4 × 2 (preboot), worker 1 × 1 × 2, release 1, backup 1",
      redis: "60 of 80: web 2 × 3 × 5 × 2 (preboot)",
    });
    expect(budgetIssues(demand)).toEqual([]);
  });

  it("is undefined if no process type declares workers", () => {
    const untold = { ...demand, processTypes: { web: { size: "basic", quantity: 1 } } };
    expect(connectionBudgets(untold)).toBeUndefined();
    expect(budgetIssues(untold)).toEqual([]);
  });

  it("counts nothing without the add-on", () => {
    const without = { ...demand, postgres: undefined, redis: undefined };
    expect(connectionBudgets(without)).toEqual({ postgres: undefined, redis: undefined });
    expect(budgetIssues(without)).toEqual([]);
  });

  it("does not guess the limit of an unknown plan", () => {
    expect(connectionBudgets({ ...demand, redis: { plan: "private-7" } })?.redis).toMatch(/^60 of an unknown number: /);
  });
});

describe("budgetIssues", () => {
  it("rejects more connections than the plans allow and shows the sum", () => {
    expect(budgetIssues({ ...demand, postgres: {}, redis: { plan: "mini" } })).toEqual([
      {
        propertyPath: "postgres.plan",
        reason:
          "must be a plan that allows the connections of all dynos (dynos × workers × connections), got " +
          '"52 of 20: web 2 × 3 × 4 × 2 (preboot), worker 1 × 1 × 2, release 1, backup 1"; ' +
          "choose a larger plan, fewer dynos or workers, or fewer connections of each",
      },
      {
        propertyPath: "redis.plan",
        reason:
          "must be a plan that allows the connections of all dynos (dynos × workers × connections), got " +
          '"60 of 20: web 2 × 3 × 5 × 2 (preboot)"; ' +
          "choose a larger plan, fewer dynos or workers, or fewer connections of each",
      },
    ]);
  });

  it("rejects workers that exceed the dyno", () => {
    const web = { size: "basic", quantity: 1, workers: { count: 8, memory: 70 } };
    expect(budgetIssues({ ...demand, processTypes: { web } })).toEqual([
      {
        propertyPath: "processTypes.web.workers",
        reason:
          'must be at most the 512 MB of a basic dyno, got "8 × 70 = 560 MB"; run fewer workers, or a larger size',
      },
    ]);
  });
});
