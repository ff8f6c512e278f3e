import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NotReady } from "../support/not-ready.mjs";
import { local, root } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * The packages that are installed in another version than the lockfile says, or not at all. Optional ones may be absent: they
 * are for other platforms.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes when it has installed
 * @returns {string[]} their paths
 */
export function stalePackages(wanted, installed) {
  return Object.entries(wanted.packages)
    .filter(([path, { version, integrity, optional, devOptional, peer }]) => {
      if (!path.startsWith("node_modules/")) return false;
      const found = installed.packages[path];
      if (!found) return !(optional || devOptional || peer);
      return found.version !== version || found.integrity !== integrity;
    })
    .map(([path]) => path);
}

/** @param {string} path @returns {Lockfile | undefined} */
function readLockfile(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** How to call npm: the one that started us, or the one on PATH. */
export function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") ? { command: process.execPath, before: [script] } : { command: "npm", before: [] };
}

/**
 * Installs the npm packages that package-lock.json names, unless they are there.
 * @param {import("../support/progress.mjs").Report} report
 * @returns {Promise<string>} what was found or done
 */
export async function nodePackages(report) {
  const wanted = readLockfile(join(root, "package-lock.json"));
  if (!wanted) throw new NotReady("package-lock.json is missing or damaged; take it from git again");
  const installed = readLockfile(join(root, "node_modules", ".package-lock.json"));
  if (installed && stalePackages(wanted, installed).length === 0) return "as package-lock.json says";

  report(installed ? "package-lock.json has changed, running npm ci" : "running npm ci");
  const { command, before } = npm();
  const result = await run(command, [...before, "ci", "--no-fund", "--no-audit"], {
    cwd: root,
    timeout: 900_000,
    log: local("npm-ci.log"),
  });
  if (!result.ok) throw new NotReady(`npm ci failed, see .local/npm-ci.log:\n${lastLines(result.output)}`);
  return "installed";
}
