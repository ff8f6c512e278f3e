import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDriver } from "../../support/stack-driver";

/** One change of what the stack `local` declares, as its user would make it. */
export interface Change {
  name: string;
  make(stack: StackDriver): Promise<unknown>;
}

const TEMPLATE = "app/boards/templates/boards/board.html";

const configured = (name: string, config: Record<string, unknown>): Change => ({
  name,
  make: async (stack) => stack.configure(config),
});

const WORKERS = { count: 1, memory: 70, postgres: 4, redis: 4 };

const processTypes = (web: { size: string; quantity: number }) => ({
  "skechwime:processTypes": {
    web: { target: "web", ...web, workers: WORKERS },
    release: { target: "release", workers: { postgres: 1 } },
  },
});

const secret = (name: string, path: string, value: string): Change => ({
  name,
  make: (stack) => stack.succeed("config", "set", "--secret", "--path", `skechwime:${path}`, value),
});

export const CHANGES: readonly Change[] = [
  { name: "no change", make: async () => undefined },
  {
    name: "a template edited",
    make: async (stack) => appendFileSync(join(stack.folder, TEMPLATE), "<!-- edited -->\n"),
  },
  configured("a config var added", { "skechwime:configVars": { HTTPS_ONLY: "false", LOG_LEVEL: "info" } }),
  configured("a config var changed", { "skechwime:configVars": { HTTPS_ONLY: "true" } }),
  configured("a config var removed", { "skechwime:configVars": {} }),
  secret("a secret config var added", "secretConfigVars.TOKEN", "hunter2"),
  configured("the dyno size", processTypes({ size: "standard-1x", quantity: 1 })),
  configured("the number of dynos", processTypes({ size: "basic", quantity: 0 })),
  configured("preboot, with the dyno size that it needs", {
    ...processTypes({ size: "standard-1x", quantity: 1 }),
    "skechwime:preboot": true,
  }),
  configured("the plan of Postgres", { "skechwime:postgres": { plan: "essential-1" } }),
  configured("the eviction policy of Redis", {
    "skechwime:redis": { plan: "mini", maxmemoryPolicy: "volatile-lru", timeout: 300 },
  }),
  configured("a domain added", { "skechwime:domains": ["sketch.example.com"] }),
  secret("a log drain added", "logDrains[0]", "https://user:password@logs.example.com/drain"),
  configured("the health path", { "skechwime:healthPath": "/healthy" }),
  configured("the region", { "skechwime:region": "eu" }),
];

/** Runs some work while a change is made, and takes it back. */
export async function withChange<T>(stack: StackDriver, { make }: Change, work: () => Promise<T>): Promise<T> {
  const files = [stack.configFile, join(stack.folder, TEMPLATE)];
  const before = files.map((file) => readFileSync(file));
  try {
    await make(stack);
    return await work();
  } finally {
    for (const [index, file] of files.entries()) writeFileSync(file, before[index] ?? "");
  }
}
