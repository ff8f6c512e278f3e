import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local, root } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";
import { pulumiHome } from "./pulumi-cli.mjs";

/**
 * A Pulumi resource plugin as an SDK's package.json names it.
 * @typedef {{ name: string, version: string, server?: string }} Plugin
 */

/**
 * The plugin that an SDK needs: what its package.json says under `pulumi`.
 * @param {{ pulumi?: { resource?: boolean, name?: string, version?: string, server?: string } }} manifest
 * @returns {Plugin[]} one, or none when the package is no SDK or its plugin is not to be downloaded
 */
export function pluginOf({ pulumi }) {
  if (!pulumi?.resource || !pulumi.name || !pulumi.version) return [];
  return [{ name: pulumi.name, version: pulumi.version.replace(/^v/, ""), server: pulumi.server }];
}

/** @param {string} folder */
const manifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** @returns {Plugin[]} */
function neededPlugins() {
  const dependencies = Object.keys(manifest(root).dependencies ?? {}).map((name) => join(root, "node_modules", name));
  const ours = readdirSync(join(root, "sdks")).map((name) => join(root, "sdks", name));
  return [...dependencies, ...ours].flatMap((folder) => pluginOf(manifest(folder)));
}

/** @param {Plugin} plugin */
const isInstalled = ({ name, version }) =>
  existsSync(join(pulumiHome(), "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`)) ||
  findExecutable(`pulumi-resource-${name}`) !== undefined;

/**
 * Makes the providers' plugins available to the engine, which would otherwise fetch them in the middle of an update.
 * @param {string} pulumi path of the CLI
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} what was found or done
 */
export async function pulumiPlugins(pulumi, report) {
  const needed = neededPlugins();
  for (const plugin of needed.filter((one) => !isInstalled(one))) {
    const { name, version, server } = plugin;
    report(`downloading the provider ${name} ${version}`);
    const result = await run(
      pulumi,
      ["plugin", "install", "resource", name, version, ...(server ? ["--server", server] : [])],
      { timeout: 300_000, log: local("pulumi-plugins.log") },
    );
    if (!result.ok) {
      throw new NotReady(
        `Pulumi's provider ${name} ${version} is neither installed nor to be downloaded ` +
          `(${lastLines(result.output, 1)}); run this again where it can be downloaded`,
      );
    }
  }
  return needed.map(({ name, version }) => `${name} ${version}`).join(", ");
}
