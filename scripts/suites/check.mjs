import { join } from "node:path";
import { root } from "../support/paths.mjs";
import { stream } from "../support/run.mjs";
import { none } from "./counts.mjs";

const tools = [
  { name: "biome", script: "@biomejs/biome/bin/biome", args: ["check", "."] },
  { name: "tsc", script: "typescript/bin/tsc", args: ["--noEmit"] },
];

/**
 * What `npm run check` runs. It is no test: when it is clean it counts nothing, a tool that finds faults is one failure.
 * @returns {Promise<import("./counts.mjs").Counts>}
 */
export async function check() {
  let failed = 0;
  for (const { script, args } of tools) {
    const path = join(root, "node_modules", script);
    const code = await stream(process.execPath, [path, ...args], { cwd: root, stdin: "ignore", timeout: 600_000 });
    if (code !== 0) failed += 1;
  }
  return { ...none, failed };
}
