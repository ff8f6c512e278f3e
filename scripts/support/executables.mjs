import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian keeps daemons; an ordinary user's PATH lacks it. */
const systemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The first of the named programs on PATH. What npm packages bring (`node_modules/.bin`, which npm puts first) does not
 * count: those are wrappers, not the program itself.
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function findExecutable(...names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...systemFolders].filter(
    (folder) => folder !== "" && !folder.includes("node_modules"),
  );
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}
