import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findExecutable, isExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local, root } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";

/** Pulumi's own folder, which holds the CLI and its plugins. */
export const pulumiHome = () => process.env.PULUMI_HOME || join(homedir(), ".pulumi");

const npmPackage = join(root, "node_modules", "pulumi");
const bundle = "/etc/ssl/certs/ca-certificates.crt";

/** Where the npm package `pulumi` keeps the CLI that it downloads. */
function downloadedCli() {
  const { version } = JSON.parse(readFileSync(join(npmPackage, "package.json"), "utf8"));
  return join(pulumiHome(), "versions", process.env.PULUMI_VERSION || version, "bin", "pulumi");
}

/** The download goes through a proxy, and trusts its certificate, as other programs of this machine do. */
const downloadEnvironment = () => ({
  ...process.env,
  NODE_USE_ENV_PROXY: "1",
  ...(!process.env.NODE_EXTRA_CA_CERTS && existsSync(bundle) ? { NODE_EXTRA_CA_CERTS: bundle } : {}),
});

/**
 * Finds the Pulumi CLI, or has the npm package `pulumi` download it. Its folder is put on PATH, where it looks for the
 * language host that came with it.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} its path
 */
export async function findPulumi(report) {
  const places = [join(pulumiHome(), "bin", "pulumi"), join(homedir(), ".pulumi", "bin", "pulumi"), downloadedCli()];
  const found = findExecutable("pulumi") ?? places.find(isExecutable);
  const path = found ?? downloadedCli();
  if (!found) {
    report("downloading the Pulumi CLI");
    const download = await run(process.execPath, [join(npmPackage, "run.js"), "version"], {
      env: downloadEnvironment(),
      timeout: 300_000,
      log: local("pulumi-download.log"),
    });
    if (!download.ok) {
      throw new NotReady(
        `the Pulumi CLI is neither installed nor to be downloaded (${lastLines(download.output, 1)}); ` +
          "install it from pulumi.com/docs/install and run this again",
      );
    }
  }
  process.env.PATH = [dirname(path), process.env.PATH].join(delimiter);
  return path;
}

/**
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<{ path: string, version: string }>} the Pulumi CLI, which runs
 */
export async function pulumiCli(report) {
  const path = await findPulumi(report);
  const version = await run(path, ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 30_000,
  });
  if (!version.ok) {
    throw new NotReady(`the Pulumi CLI ${path} does not run; install it anew:\n${lastLines(version.output)}`);
  }
  return { path, version: version.stdout.replace(/^v/, "") };
}
