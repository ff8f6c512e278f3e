import { linkLanguageHost } from "./language-host.mjs";
import { pulumiCli } from "./pulumi-cli.mjs";
import { linkProviders } from "./pulumi-plugins.mjs";

/**
 * The engine with what it needs, for commands after set-up: nothing is downloaded in whose place something is there.
 * @param {import("../support/progress.mjs").Report} report
 * @param {import("../support/pulumi-home.mjs").ProviderSet} [wanted] the only set of providers to use
 * @returns {Promise<string>} path of the CLI
 */
export async function readyPulumi(report, wanted) {
  const { path } = await pulumiCli(report);
  const { cli } = await linkLanguageHost(path, wanted);
  await linkProviders(cli, report, { mayDownload: false, wanted });
  return cli;
}
