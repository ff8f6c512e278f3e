import { readFileSync } from "node:fs";
import { NotReady } from "../support/not-ready.mjs";
import { local } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";

/** A word from /etc/os-release, e.g. `debian` for ID. @param {string} key */
export function osRelease(key, path = "/etc/os-release") {
  try {
    return new RegExp(`^${key}="?([^"\n]*)"?$`, "m").exec(readFileSync(path, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

export const isRoot = () => process.getuid?.() === 0;

/** Whether we may install Debian packages here: as root, on Debian or Ubuntu. */
export const canInstallPackages = () => isRoot() && ["debian", "ubuntu"].includes(osRelease("ID") ?? "");

/** @type {Promise<void> | undefined} */
let listsUpdated;

/**
 * RUNLEVEL=1 keeps packages from starting their services by themselves, unless systemd runs: what we start we know of, and
 * stop again.
 * @param {string[]} args
 */
async function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"];
  const result = await run("apt-get", [...options, ...args], { env, timeout: 600_000, log: local("apt.log") });
  if (!result.ok) throw new NotReady(`apt-get ${args.join(" ")} failed:\n${lastLines(result.output)}`);
}

/**
 * Whether this Debian has the package.
 * @param {string} name
 */
export async function packageExists(name) {
  listsUpdated ??= aptGet(["update"]);
  await listsUpdated;
  return /^ *Candidate: (?!\(none\))/m.test((await run("apt-cache", ["policy", name])).stdout);
}

/**
 * Installs Debian packages, without what they merely recommend.
 * @param {string[]} names
 */
export async function installPackages(...names) {
  listsUpdated ??= aptGet(["update"]);
  await listsUpdated;
  await aptGet(["install", "--no-install-recommends", ...names]);
}
