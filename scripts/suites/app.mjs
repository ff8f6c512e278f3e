import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { local, root } from "../support/paths.mjs";
import { stream } from "../support/run.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */

/** @param {string} text */
const plain = (text) =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#10;/g, " ")
    .replace(/&amp;/g, "&");

/**
 * Counts the tests in a JUnit report as pytest writes it.
 * @param {string} xml
 * @returns {Counts}
 */
export function countJunit(xml) {
  const cases = [...xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs)].map(
    ([, attributes, body = ""]) => ({
      name: plain(/\bname="([^"]*)"/.exec(attributes ?? "")?.[1] ?? ""),
      failed: /<(?:failure|error)\b/.test(body),
      skipped: /<skipped\b([^>]*)/.exec(body)?.[1],
    }),
  );
  return {
    passed: cases.filter(({ failed, skipped }) => !failed && skipped === undefined).length,
    failed: cases.filter(({ failed }) => failed).length,
    skips: cases.flatMap(({ name, failed, skipped }) =>
      failed || skipped === undefined
        ? []
        : [{ what: `app: ${name}`, count: 1, reason: plain(/\bmessage="([^"]*)"/.exec(skipped)?.[1] ?? "") }],
    ),
  };
}

/**
 * Runs the app's own tests, which know nothing of Node: `app/test.sh` runs pytest, and pytest reports.
 * @returns {Promise<Counts>}
 */
export async function appTests() {
  const report = local("pytest.xml");
  mkdirSync(local(), { recursive: true });
  rmSync(report, { force: true });
  const code = await stream("bash", [join(root, "app", "test.sh")], {
    cwd: join(root, "app"),
    env: { ...process.env, REPORT: report },
    stdin: "ignore",
    timeout: 1_200_000,
  });
  /** @type {Counts} */
  let counts;
  try {
    counts = countJunit(readFileSync(report, "utf8"));
  } catch {
    counts = { passed: 0, failed: 0, skips: [] };
  }
  return { ...counts, failed: counts.failed === 0 && code !== 0 ? 1 : counts.failed };
}
