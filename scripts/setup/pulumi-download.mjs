import { readFileSync } from "node:fs";
import { join } from "node:path";
import { local, root } from "../support/paths.mjs";
import { userHome } from "../support/pulumi-home.mjs";
import { lastLines, run } from "../support/run.mjs";
import { downloadEnvironment, unreachable } from "./downloads.mjs";

const npmPackage = join(root, "node_modules", "pulumi");

/** Where the npm package `pulumi` keeps the CLI that it downloads. */
export function downloadedPulumi() {
  const { version } = JSON.parse(readFileSync(join(npmPackage, "package.json"), "utf8"));
  return join(userHome(), "versions", process.env.PULUMI_VERSION || version, "bin", "pulumi");
}

/**
 * Has the npm package `pulumi` download the CLI.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string | undefined>} why it could not
 */
export async function downloadPulumi(report) {
  const why = await unreachable("https://get.pulumi.com");
  if (why !== undefined) return why;
  report("downloading the Pulumi CLI");
  const download = await run(process.execPath, [join(npmPackage, "run.js"), "version"], {
    env: downloadEnvironment(),
    timeout: 300_000,
    log: local("pulumi-download.log"),
  });
  return download.ok ? undefined : lastLines(download.output, 1);
}
