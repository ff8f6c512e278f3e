import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local, localFolder } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";
import { canInstallPackages, installPackages, isRoot } from "./apt.mjs";

const suite = "trixie";

export const canBootstrap = () => isRoot() && (findExecutable("debootstrap") !== undefined || canInstallPackages());

/**
 * The address that this machine gets Debian's packages from, if it does.
 * @param {string} label `Debian`, or `Debian-Security`
 */
async function debianSource(label) {
  const filters = ["Created-By: Packages", `Label: ${label}`];
  const result = await run("apt-get", ["indextargets", "--format", "$(REPO_URI)", ...filters]);
  return result.stdout.split("\n")[0] || undefined;
}

/** apt's proxy is for debootstrap's downloads too. */
async function environment() {
  const proxy = (await run("apt-config", ["dump", "--format", "%v%n", "Acquire::http::Proxy"])).stdout.split("\n")[0];
  return proxy ? { ...process.env, http_proxy: process.env.http_proxy ?? proxy } : process.env;
}

/**
 * What the slim image has beyond a minimal Debian: no services started by packages, no caches, no documentation.
 * @param {string} tree
 * @param {{ main?: string, security?: string }} sources
 */
function settle(tree, { main, security }) {
  /** @param {string} path @param {string[]} lines @param {number} [mode] */
  const write = (path, lines, mode) => writeFileSync(join(tree, path), `${lines.join("\n")}\n`, { mode });
  write("usr/sbin/policy-rc.d", ["#!/bin/sh", "exit 101"], 0o755);
  write("etc/apt/apt.conf.d/docker-clean", [
    'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };',
    'Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";',
  ]);
  const documentation = ["doc", "man", "info", "locale"].map((name) => `/usr/share/${name}/*`);
  write("etc/dpkg/dpkg.cfg.d/docker", [
    ...documentation.map((path) => `path-exclude ${path}`),
    "path-include /usr/share/doc/*/copyright",
  ]);
  if (main && security) {
    write("etc/apt/sources.list", [
      `deb ${main} ${suite} main`,
      `deb ${main} ${suite}-updates main`,
      `deb ${security} ${suite}-security main`,
    ]);
  }
  for (const path of ["var/cache/apt/archives", "var/lib/apt/lists"]) {
    rmSync(join(tree, path), { recursive: true, force: true });
    mkdirSync(join(tree, path, "partial"), { recursive: true });
  }
  for (const name of ["man", "info", "locale"]) rmSync(join(tree, "usr/share", name), { recursive: true, force: true });
}

/**
 * Makes an image equal to Debian's slim one from Debian's packages. Needs root.
 * @param {string} image name and tag of the image
 */
export async function bootstrapImage(image) {
  const needed = [
    ...(findExecutable("debootstrap") ? [] : ["debootstrap"]),
    ...(existsSync("/usr/share/keyrings/debian-archive-keyring.gpg") ? [] : ["debian-archive-keyring"]),
  ];
  if (needed.length > 0) await installPackages(...needed);
  mkdirSync(localFolder, { recursive: true });
  const work = mkdtempSync(local("debootstrap-"));
  const tree = join(work, "tree");
  try {
    const main = await debianSource("Debian");
    const security = await debianSource("Debian-Security");
    const made = await run(
      "debootstrap",
      ["--variant=minbase", "--include=ca-certificates", suite, tree, ...(main ? [main] : [])],
      { env: await environment(), timeout: 900_000, log: local("debootstrap.log") },
    );
    if (!made.ok) throw new NotReady(`debootstrap failed, see .local/debootstrap.log:\n${lastLines(made.output)}`);
    settle(tree, { main, security });
    const pack = `tar --numeric-owner --one-file-system -C "$1" -c . | docker import --change 'CMD ["bash"]' - "$2"`;
    const imported = await run("bash", ["-o", "pipefail", "-c", pack, "bash", tree, image], { timeout: 300_000 });
    if (!imported.ok) throw new NotReady(`docker import of ${image} failed:\n${lastLines(imported.output)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
