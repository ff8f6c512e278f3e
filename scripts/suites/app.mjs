import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { docker } from "../support/docker.mjs";
import { local, root } from "../support/paths.mjs";
import { outcome } from "../support/progress.mjs";
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

/** How many test functions the app's tests hold; parametrised ones count once. */
function countFunctions() {
  const folder = join(root, "app", "tests");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)test_[^/]*\.py$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8").match(/^\s*(?:async )?def test_/gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}

/** Local Heroku's image of the data services, if it has been built: the app's tests can use it and need not build their own. */
async function servicesImage() {
  const format = "{{.Repository}}:{{.Tag}}";
  const images = await docker(["images", "--filter", "reference=local-heroku-services", "--format", format]);
  return images.stdout.split("\n")[0] ?? "";
}

/**
 * Runs the app's own tests, which know nothing of Node: `app/test.sh` runs pytest in a container, and pytest reports.
 * @param {string} [missing] why they cannot run
 * @returns {Promise<Counts>}
 */
export async function appTests(missing) {
  if (missing !== undefined) {
    const count = countFunctions();
    outcome("left", `${count} skipped`, missing);
    return { passed: 0, failed: 0, skips: [{ what: "app tests", count, reason: missing }] };
  }
  const report = local("pytest.xml");
  mkdirSync(local(), { recursive: true });
  rmSync(report, { force: true });
  const code = await stream("bash", [join(root, "app", "test.sh")], {
    cwd: join(root, "app"),
    env: { ...process.env, REPORT: report, SERVICES_IMAGE: await servicesImage() },
    stdin: "ignore",
    timeout: 1_200_000,
  });
  const counts = existsSync(report) ? countJunit(readFileSync(report, "utf8")) : { passed: 0, failed: 0, skips: [] };
  return { ...counts, failed: counts.failed === 0 && code !== 0 ? 1 : counts.failed };
}
