import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";
import { npm } from "./node-packages.mjs";

/** Heroku's CLI of which the tests know what it prints. */
const version = "11.10.0";
const folder = local("heroku-cli");

function installed() {
  try {
    return JSON.parse(readFileSync(join(folder, "node_modules", "heroku", "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}

/**
 * Finds Heroku's CLI for the tests that it judges, or installs it. It is as large as all the project's packages together and
 * only tests use it, so it is none of them.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} its version or its path
 */
export async function herokuCli(report) {
  const found = process.env.HEROKU_CLI_PATH || findExecutable("heroku");
  if (found) return found;
  if (installed() === version) return version;
  report(`installing the npm package heroku ${version} into .local/heroku-cli`);
  mkdirSync(folder, { recursive: true });
  const { command, before } = npm();
  const args = ["install", "--prefix", folder, "--ignore-scripts", "--no-fund", "--no-audit", `heroku@${version}`];
  const result = await run(command, [...before, ...args], {
    cwd: folder,
    timeout: 900_000,
    log: local("heroku-cli.log"),
  });
  if (result.ok) return `${version}, installed`;
  throw new NotReady(`Heroku's CLI cannot be installed, see .local/heroku-cli.log:\n${lastLines(result.output)}`);
}
