import { join } from "node:path";
import { findExecutable, isExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";
import { findGo } from "./go.mjs";

const version = "1.7.12";
const folder = local(`actionlint-${version}`);
const needs = "Go 1.25 or newer";

/** The path of actionlint: the one on PATH, or the one that set-up has built. */
export const findActionlint = () => findExecutable("actionlint") ?? [join(folder, "actionlint")].find(isExecutable);

/**
 * Finds actionlint for the test that checks the workflows with it, or builds it from its Go module.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} its path, or the version that was built
 */
export async function actionlint(report) {
  const found = findActionlint();
  if (found) return found;
  const go = findGo();
  if (!go)
    throw new NotReady(`actionlint is not installed, nor is Go to build it with; install ${needs} from go.dev/dl`);
  report(`building the Go module actionlint ${version} into .local`);
  const result = await run(go, ["install", `github.com/rhysd/actionlint/cmd/actionlint@v${version}`], {
    env: { ...process.env, GOBIN: folder },
    timeout: 300_000,
    log: local("actionlint.log"),
  });
  if (result.ok) return `${version}, built`;
  throw new NotReady(
    `actionlint cannot be built, see .local/actionlint.log; it needs ${needs}:\n${lastLines(result.output)}`,
  );
}
