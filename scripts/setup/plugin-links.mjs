import { lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { projectHome } from "../support/pulumi-home.mjs";

/**
 * A plugin as the engine looks it up.
 * @typedef {{ kind: "resource" | "language", name: string, version: string }} Plugin
 */

/** @param {Plugin} plugin */
export const folderName = ({ kind, name, version }) => `${kind}-${name}-v${version}`;

/** @param {Plugin} plugin */
export const executableName = ({ kind, name }) => `pulumi-${kind}-${name}`;

/**
 * Makes the engine find a plugin at a path. The engine wants a real folder, in which a link will do; the link is replaced in
 * one step, since an update may be starting the plugin.
 * @param {Plugin} plugin
 * @param {string} target path of its executable
 */
export function linkPlugin(plugin, target) {
  const plugins = join(projectHome, "plugins");
  const folder = join(plugins, folderName(plugin));
  const link = join(folder, executableName(plugin));
  // The engine's mark of a plugin that it was still unpacking when it was stopped.
  rmSync(`${folder}.partial`, { force: true });
  if (kindOf(folder) !== "folder") rmSync(folder, { force: true });
  mkdirSync(folder, { recursive: true });
  removeOtherVersions(plugins, plugin);
  if (kindOf(link) === "link" && readlinkSync(link) === target) return;
  if (kindOf(link) === "folder") rmSync(link, { recursive: true });
  const unfinished = `${link}.${process.pid}.tmp`;
  symlinkSync(target, unfinished);
  renameSync(unfinished, link);
}

/** @param {string} path */
function kindOf(path) {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return "folder";
  return found?.isSymbolicLink() ? "link" : found && "file";
}

/**
 * Of a language host the engine takes the newest version, whatever the program's SDK is.
 * @param {string} plugins
 * @param {Plugin} plugin
 */
function removeOtherVersions(plugins, plugin) {
  const others = readdirSync(plugins).filter(
    (name) => name.startsWith(`${plugin.kind}-${plugin.name}-v`) && !name.startsWith(folderName(plugin)),
  );
  for (const name of others) rmSync(join(plugins, name), { recursive: true, force: true });
}
