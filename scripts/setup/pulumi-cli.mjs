import { homedir } from "node:os";
import { join } from "node:path";
import { findExecutable, isExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { engineEnvironment, userHome } from "../support/pulumi-home.mjs";
import { lastLines, run } from "../support/run.mjs";
import { isAtLeast } from "../support/versions.mjs";
import { buildPulumi, builtPulumi } from "./pulumi-build.mjs";
import { downloadedPulumi, downloadPulumi } from "./pulumi-download.mjs";

/** The first CLI that reads settings of the type `object` in Pulumi.yaml. The SDK itself is content with older ones. */
export const oldestPulumi = "3.187.0";

/** @typedef {{ path: string, version: string, origin: string }} PulumiCli where it comes from, empty for an installed one */

/**
 * Finds the Pulumi CLI, has the npm package `pulumi` download it, or builds it from its Go module. One that cannot be used is
 * passed over with a word about it.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<PulumiCli>}
 */
export async function pulumiCli(report) {
  const found = findExecutable("pulumi");
  const places = [found ?? "", join(userHome(), "bin", "pulumi"), join(homedir(), ".pulumi", "bin", "pulumi")];
  for (const path of new Set([...places, downloadedPulumi()].filter(isExecutable))) {
    const cli = await tried(path, report);
    if (cli) return { ...cli, origin: "" };
  }
  const built = isExecutable(builtPulumi()) ? await tried(builtPulumi(), report) : undefined;
  if (built) return { ...built, origin: "built from its Go module" };

  const notDownloaded = await downloadPulumi(report);
  const downloaded = notDownloaded === undefined ? await tried(downloadedPulumi(), report) : undefined;
  if (downloaded) return { ...downloaded, origin: "downloaded" };
  await buildInstead(notDownloaded ?? "it does not run", report);
  const cli = await tried(builtPulumi(), report);
  if (cli) return { ...cli, origin: "built from its Go module" };
  throw new NotReady(`the Pulumi CLI ${builtPulumi()} does not run; install one from pulumi.com/docs/install`);
}

/**
 * @param {string} why it cannot be downloaded
 * @param {import("../support/progress.mjs").Report} report
 */
async function buildInstead(why, report) {
  try {
    await buildPulumi(report);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    throw new NotReady(`the Pulumi CLI cannot be downloaded (${why}), and ${error.message}`);
  }
}

/**
 * Looks whether a CLI can be used.
 * @param {string} path
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<{ path: string, version: string } | undefined>}
 */
async function tried(path, report) {
  const { ok, stdout, output } = await run(path, ["version"], {
    env: { ...process.env, ...engineEnvironment() },
    timeout: 30_000,
  });
  const version = /^v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (!ok || version === undefined) {
    report(
      `passing over ${path}, which does not run (${lastLines(output, 1)}); install the Pulumi CLI again, or remove it`,
      { stays: true },
    );
  } else if (!isAtLeast(version, oldestPulumi)) {
    report(
      `passing over ${path}, since ${version} is too old for this project; update the Pulumi CLI to ${oldestPulumi} or newer`,
      { stays: true },
    );
  } else {
    return { path, version };
  }
  return undefined;
}
