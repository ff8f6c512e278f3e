import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { local, root } from "../support/paths.mjs";
import { outcome, say } from "../support/progress.mjs";
import { run, stream } from "../support/run.mjs";

const jestScript = join(root, "node_modules", "jest", "bin", "jest.js");
const limit = 2_400_000;

/**
 * The part of Jest's JSON results that is read here.
 * @typedef {{ status: string, fullName: string }} Assertion
 * @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} FileResult
 * @typedef {{ testResults: FileResult[] }} Results
 * @typedef {import("./counts.mjs").Counts} Counts
 */

const reasonInTitle = / \(skipped: (.+?)\)/;

/**
 * Counts what Jest reports. A file that could not be run at all is one failure. A test that skips itself says why in its
 * title or that of its group: `… (skipped: <reason>)`.
 * @param {Results} results
 * @param {(path: string) => string} shorten
 * @returns {Counts}
 */
export function countResults({ testResults }, shorten = (path) => path) {
  const tests = testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((one) => one.status === "failed"),
  );
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").length + broken.length,
    skips: tests
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ file, fullName }) => ({
        what: `${shorten(file)}: ${fullName.replace(reasonInTitle, "")}`,
        count: 1,
        reason: reasonInTitle.exec(fullName)?.[1] ?? "the test says no reason",
      })),
  };
}

/** @param {string} file @returns {Results | undefined} */
function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Counts a project's tests without running one: Jest loads the files, and a name pattern that fits none skips each.
 * @param {string[]} args
 * @param {string} file
 */
async function countAll(args, file) {
  const { output } = await run(process.execPath, [jestScript, ...args, "--testNamePattern", "^$"], {
    cwd: root,
    timeout: limit,
  });
  const results = readResults(file);
  const { failed, skips } = results ? countResults(results) : { failed: 1, skips: [] };
  if (failed > 0) say(output);
  return { failed, skipped: skips.length };
}

/**
 * Runs the tests of one Jest project, or, when the machine lacks what they need, counts them as skipped.
 * @param {"unit" | "docker" | "e2e"} project
 * @param {string} [missing] why they cannot run
 * @returns {Promise<Counts>}
 */
export async function jestProject(project, missing) {
  const file = local(`jest-${project}.json`);
  mkdirSync(local(), { recursive: true });
  rmSync(file, { force: true });
  const args = ["--selectProjects", project, "--passWithNoTests", "--json", "--outputFile", file];
  if (missing !== undefined) {
    const { failed, skipped } = await countAll(args, file);
    outcome("left", `${skipped} skipped`, missing);
    return {
      passed: 0,
      failed,
      skips: skipped > 0 ? [{ what: `${project} tests`, count: skipped, reason: missing }] : [],
    };
  }
  const code = await stream(process.execPath, [jestScript, ...args], {
    cwd: root,
    stdin: "ignore",
    timeout: limit,
  });
  const results = readResults(file);
  const counts = countResults(results ?? { testResults: [] }, (path) => relative(root, path));
  return { ...counts, failed: counts.failed === 0 && code !== 0 ? 1 : counts.failed };
}
