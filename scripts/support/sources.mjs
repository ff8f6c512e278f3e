import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./paths.mjs";

/**
 * Loads a TypeScript file of the project, once its packages are installed.
 * @param {string} path from the project's root
 */
export function sources(path) {
  const require = createRequire(join(root, "package.json"));
  require("sucrase/register/ts");
  return require(join(root, path));
}
