import { linkLanguageHost } from "./language-host.mjs";
import { pulumiCli } from "./pulumi-cli.mjs";
import { linkProviders } from "./pulumi-plugins.mjs";

/**
 * The engine with what it needs, for commands after set-up: nothing is downloaded in whose place something is there.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} path of the CLI
 */
export async function readyPulumi(report) {
  const { path } = await pulumiCli(report);
  const { cli } = await linkLanguageHost(path);
  await linkProviders(cli, report, { mayDownload: false });
  return cli;
}
