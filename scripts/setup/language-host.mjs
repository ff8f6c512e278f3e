import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { findExecutable, isExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { root } from "../support/paths.mjs";
import { officialHomes, projectHome, wantedProviders } from "../support/pulumi-home.mjs";
import { run } from "../support/run.mjs";
import { isAtLeast } from "../support/versions.mjs";
import { linkPlugin } from "./plugin-links.mjs";
import { oldestPulumi } from "./pulumi-cli.mjs";

const executable = "pulumi-language-nodejs";
const own = join(root, "engine", "language-host", executable);

/** @param {string} cli */
const besideCli = (cli) => join(dirname(realpathSync(cli)), executable);

/**
 * The official language host, which comes with the CLI. One elsewhere may have come with a CLI that is passed over.
 * @param {string} cli
 */
async function officialHost(cli) {
  if (isExecutable(besideCli(cli))) return besideCli(cli);
  const installed = officialHomes().flatMap((home) => {
    const plugins = join(home, "plugins");
    const names = statSync(plugins, { throwIfNoEntry: false }) ? readdirSync(plugins) : [];
    return names
      .filter((name) => /^language-nodejs-v[^/]*\d$/.test(name))
      .map((name) => join(plugins, name, executable));
  });
  for (const path of [findExecutable(executable) ?? "", ...installed].filter(isExecutable)) {
    const { ok, stdout } = await run(path, ["-version"], { timeout: 10_000 });
    if (ok && isAtLeast(/^v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? "0", oldestPulumi)) return path;
  }
  return undefined;
}

/**
 * Chooses the language host and makes the engine find it: the official one, or else ours.
 * @param {string} cli
 * @param {import("../support/pulumi-home.mjs").ProviderSet} [wanted] set of providers that it goes with
 * @returns {Promise<{ cli: string, isOfficial: boolean, version: string }>} path of the CLI to use with it
 */
export async function linkLanguageHost(cli, wanted = wantedProviders()) {
  const official = wanted === "stand-ins" ? undefined : await officialHost(cli);
  if (wanted === "official" && official === undefined) {
    throw new NotReady(
      `Pulumi's language host for Node.js is neither beside ${cli} nor on PATH; install the CLI from pulumi.com/docs/install, ` +
        "or unset SKECHWIME_PROVIDERS",
    );
  }
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/@pulumi/pulumi/package.json"), "utf8"));
  linkPlugin({ kind: "language", name: "nodejs", version }, official ?? own);
  const isHidden = official === undefined && isExecutable(besideCli(cli));
  return { cli: isHidden ? apart(cli) : cli, isOfficial: official !== undefined, version };
}

/**
 * The same CLI at another place, for the engine goes by the language host beside it before any other.
 * @param {string} cli
 */
function apart(cli) {
  const source = realpathSync(cli);
  const path = join(projectHome, "bin", "pulumi");
  const [found, wanted] = [statSync(path, { throwIfNoEntry: false }), statSync(source)];
  if (found?.size === wanted.size && found.mtimeMs === wanted.mtimeMs) return path;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  rmSync(unfinished, { force: true });
  try {
    linkSync(source, unfinished);
  } catch {
    // On another file system, or another user's file.
    copyFileSync(source, unfinished, constants.COPYFILE_FICLONE);
    utimesSync(unfinished, wanted.atime, wanted.mtime);
  }
  renameSync(unfinished, path);
  return path;
}
