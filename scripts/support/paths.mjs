import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that running the project leaves on this machine; ignored by git. */
export const localFolder = join(root, ".local");

/**
 * A path below `.local/`.
 * @param {string[]} names
 */
export const local = (...names) => join(localFolder, ...names);
