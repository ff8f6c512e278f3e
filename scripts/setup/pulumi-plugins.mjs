import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutable, isExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local, root } from "../support/paths.mjs";
import { officialHomes, userHome, wantedProviders } from "../support/pulumi-home.mjs";
import { lastLines, run } from "../support/run.mjs";
import { unreachable } from "./downloads.mjs";
import { executableName, folderName, linkPlugin } from "./plugin-links.mjs";

/**
 * A provider's plugin as an SDK's package.json names it.
 * @typedef {{ name: string, version: string, server?: string }} Provider
 */

/**
 * The plugin that an SDK needs: what its package.json says under `pulumi`.
 * @param {{ pulumi?: { resource?: boolean, name?: string, version?: string, server?: string } }} manifest
 * @returns {Provider[]} one, or none when the package is no SDK or its plugin is not to be downloaded
 */
export function providerOf({ pulumi }) {
  if (!pulumi?.resource || !pulumi.name || !pulumi.version) return [];
  return [{ name: pulumi.name, version: pulumi.version.replace(/^v/, ""), server: pulumi.server }];
}

/** @param {string} folder */
const manifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** @returns {Provider[]} */
function neededProviders() {
  const dependencies = Object.keys(manifest(root).dependencies ?? {}).map((name) => join(root, "node_modules", name));
  const ours = readdirSync(join(root, "sdks")).map((name) => join(root, "sdks", name));
  return [...dependencies, ...ours].flatMap((folder) => providerOf(manifest(folder)));
}

/** @param {Provider} provider @returns {import("./plugin-links.mjs").Plugin} */
const pluginOf = ({ name, version }) => ({ kind: "resource", name, version });

/**
 * The official plugin, if it is installed and complete.
 * @param {Provider} provider
 * @returns {string | undefined}
 */
function officialProvider(provider) {
  const plugin = pluginOf(provider);
  const folders = officialHomes().map((home) => join(home, "plugins", folderName(plugin)));
  const complete = folders.filter((folder) => !existsSync(`${folder}.partial`));
  return (
    findExecutable(executableName(plugin)) ??
    complete.map((folder) => join(folder, executableName(plugin))).find(isExecutable)
  );
}

/** Names of the needed providers whose official plugin is not installed. */
export const notInstalled = () =>
  neededProviders()
    .filter((provider) => officialProvider(provider) === undefined)
    .map(({ name }) => name);

/**
 * Our own plugin in place of the official one.
 * @param {Provider} provider
 * @returns {string | undefined}
 */
function standIn(provider) {
  const path = join(root, "stand-ins", provider.name, executableName(pluginOf(provider)));
  return isExecutable(path) ? path : undefined;
}

/**
 * Has the engine download an official plugin into the user's folder.
 * @param {Provider} provider
 * @param {string} pulumi path of the CLI
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string | undefined>} why it could not
 */
async function install({ name, version, server }, pulumi, report) {
  const host = /^github:\/\/([^/]+)/.exec(server ?? "")?.[1] ?? "get.pulumi.com";
  const why = await unreachable(`https://${host}`);
  if (why !== undefined) return why;
  report(`downloading the provider ${name} ${version}`);
  const result = await run(
    pulumi,
    ["plugin", "install", "resource", name, version, ...(server ? ["--server", server] : [])],
    { timeout: 300_000, log: local("pulumi-plugins.log"), env: { ...process.env, PULUMI_HOME: userHome() } },
  );
  return result.ok ? undefined : lastLines(result.output, 1);
}

/**
 * Chooses a plugin for each provider and links it into the project's own plugin folder: the official one, or else our stand-in.
 * @param {string} pulumi path of the CLI
 * @param {import("../support/progress.mjs").Report} report
 * @param {{ mayDownload: boolean, wanted?: import("../support/pulumi-home.mjs").ProviderSet }} options whether to download
 *   an official plugin in whose place there is a stand-in, and the only set to choose from
 * @returns {Promise<{ official: string[], standIns: string[] }>} names and versions
 */
export async function linkProviders(pulumi, report, { mayDownload, wanted = wantedProviders() }) {
  const chosen = { official: /** @type {string[]} */ ([]), standIns: /** @type {string[]} */ ([]) };
  for (const provider of neededProviders()) {
    const own = wanted === "official" ? undefined : standIn(provider);
    let why;
    let official = wanted === "stand-ins" ? undefined : officialProvider(provider);
    if (wanted !== "stand-ins" && official === undefined && (mayDownload || own === undefined)) {
      why = await install(provider, pulumi, report);
      official = officialProvider(provider);
    }
    const path = official ?? own;
    if (path === undefined) throw new NotReady(missing(provider, wanted, why));
    linkPlugin(pluginOf(provider), path);
    chosen[official ? "official" : "standIns"].push(`${provider.name} ${provider.version}`);
  }
  return chosen;
}

/**
 * @param {Provider} provider
 * @param {import("../support/pulumi-home.mjs").ProviderSet | undefined} wanted
 * @param {string | undefined} why
 */
function missing({ name, version }, wanted, why) {
  if (wanted === "stand-ins") return `there is no stand-in for the provider ${name}; unset SKECHWIME_PROVIDERS`;
  const wayOn = wanted === "official" ? "unset SKECHWIME_PROVIDERS, or run this again" : "run this again";
  return (
    `the official provider ${name} ${version} is neither installed nor to be downloaded (${why ?? "it has no executable"}); ` +
    `${wayOn} where it can be downloaded`
  );
}
