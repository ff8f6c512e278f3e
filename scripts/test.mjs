import { setUpForTests } from "./setup/index.mjs";
import { appTests } from "./suites/app.mjs";
import { check } from "./suites/check.mjs";
import { add, closingLine, none } from "./suites/counts.mjs";
import { jestProject } from "./suites/jest.mjs";
import { main } from "./support/main.mjs";
import { say } from "./support/progress.mjs";
import { takeVerbose } from "./support/verbose.mjs";

/** @typedef {import("./suites/counts.mjs").Counts} Counts */

/**
 * Everything there is to run, each with what it needs of the machine.
 * @param {import("./setup/index.mjs").Machine} machine
 * @returns {{ title: string, run: () => Promise<Counts> }[]}
 */
const suites = ({ docker, pulumi }) => [
  { title: "check: format, lint, types", run: check },
  { title: "unit tests", run: () => jestProject("unit") },
  { title: "tests with the Docker engine", run: () => jestProject("docker", docker.missing) },
  { title: "tests with the Pulumi engine", run: () => jestProject("e2e", docker.missing ?? pulumi.missing) },
  { title: "the app's tests", run: () => appTests(docker.missing) },
];

await main(async () => {
  takeVerbose(process.argv.slice(2));
  const machine = await setUpForTests();
  /** @type {Counts} */
  let total = none;
  for (const { title, run } of suites(machine)) {
    say(`\n── ${title}`);
    total = add(total, await run());
  }
  if (total.skips.length > 0) say("\nskipped:");
  for (const { count, what, reason } of total.skips) say(`  ${what}${count > 1 ? ` (${count} tests)` : ""}: ${reason}`);
  say(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
});
