import { readdirSync, renameSync, rmSync, statfsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { isExecutable } from "../support/executables.mjs";
import { alone } from "../support/lock.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { local } from "../support/paths.mjs";
import { engineEnvironment } from "../support/pulumi-home.mjs";
import { lastLines, run } from "../support/run.mjs";
import { cliModule, goToolchain, pinnedPulumi } from "./go.mjs";

/** What all clones of a user share. */
function cacheFolder() {
  const named = process.env.XDG_CACHE_HOME;
  if (named && isAbsolute(named)) return join(named, "skechwime");
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache", "skechwime");
}

/** Where the CLI that was built from its Go module is, or will be. */
export const builtPulumi = () =>
  join(cacheFolder(), `pulumi-${pinnedPulumi}-${process.platform}-${process.arch}`, "pulumi");

const packageName = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const linkerFlags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedPulumi}`;
const logFile = "pulumi-build.log";

/** Bytes that the CLI takes, and again as long as it has not got its name. Without them go would find out at its very end. */
const size = 2 * 130_000_000;
const noSpace = "there is no space left to build it, which takes about 4 GB; make room and run this again";

/**
 * Builds the CLI from its Go module. If another process does so already, its work is waited for and used.
 * @param {import("../support/progress.mjs").Report} report
 */
export async function buildPulumi(report) {
  const path = builtPulumi();
  const toolchain = await goToolchain();
  let hasWaited = false;
  try {
    await alone(
      `${path}.lock`,
      (pid) => {
        hasWaited = true;
        report(`process ${pid} is building the Pulumi CLI; waiting for it`);
      },
      async () => {
        if (hasWaited && isExecutable(path)) return;
        report(`building the Pulumi CLI ${pinnedPulumi} from its Go module, which takes some minutes the first time`);
        await build(path, toolchain);
      },
    );
  } catch (error) {
    if (error instanceof NotReady || !(error instanceof Error && "code" in error)) throw error;
    throw new NotReady(
      `it cannot be built in ${cacheFolder()} (${error.message}); make room there, or set XDG_CACHE_HOME to a folder that can be written`,
    );
  }
}

/**
 * @param {string} path
 * @param {{ go: string, env: NodeJS.ProcessEnv }} toolchain
 */
async function build(path, { go, env }) {
  const folder = dirname(path);
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".tmp"))) rmSync(join(folder, name));
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < size) throw new NotReady(noSpace);
  // Under a name that nobody looks for until it is complete and runs; a go that outlived its npm start may still write another.
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    const args = ["build", "-trimpath", "-ldflags", linkerFlags, "-o", unfinished, packageName];
    const built = await run(go, args, { cwd: cliModule, env, log: local(logFile) });
    if (!built.ok) throw new NotReady(failureOf(built.output));
    const tried = await run(unfinished, ["version"], { env: { ...process.env, ...engineEnvironment() } });
    if (!tried.ok) {
      throw new NotReady(`the one that was built does not run (${lastLines(tried.output, 1)}); see .local/${logFile}`);
    }
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * What go prints, and the sentence for it.
 * @type {[RegExp, (line: string) => string][]}
 */
const failures = [
  [/no space left on device/, () => noSpace],
  [
    /checksum mismatch|SECURITY ERROR/,
    (line) =>
      `one of its Go modules is not the one that engine/cli/go.sum names (${line}); run go clean -modcache and ` +
      "then this again, and if it stays, ask those who serve your Go modules",
  ],
  [
    /dial tcp|no such host|connection (refused|reset)|i\/o timeout|TLS handshake|unexpected EOF|proxyconnect|: [45]\d\d /,
    (line) =>
      `its Go modules cannot be downloaded (${line}); run this again when the network is back, which ` +
      "goes on from there, or set GOPROXY to a server that has them",
  ],
];

/** @param {string} output */
function failureOf(output) {
  const lines = output.split("\n");
  for (const [pattern, sentence] of failures) {
    const line = lines.find((one) => pattern.test(one));
    if (line !== undefined) return sentence(line.trim());
  }
  return `it cannot be built, see .local/${logFile}:\n${lastLines(output)}`;
}
