import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findExecutable, isExecutable } from "../support/executables.mjs";
import { NotReady } from "../support/not-ready.mjs";
import { root } from "../support/paths.mjs";
import { lastLines, run } from "../support/run.mjs";
import { isAtLeast } from "../support/versions.mjs";

/** The module that pins the Pulumi CLI. */
export const cliModule = join(root, "engine", "cli");

const goMod = readFileSync(join(cliModule, "go.mod"), "utf8");

/** @param {RegExp} pattern */
const inGoMod = (pattern) => pattern.exec(goMod)?.[1] ?? "";

/** The Go that the CLI needs. */
export const neededGo = inGoMod(/^go ([\d.]+)$/m);

/** The CLI that is built. */
export const pinnedPulumi = inGoMod(/github\.com\/pulumi\/pulumi\/pkg\/v3 v([\d.]+)/);

const wayOn = `install Go ${neededGo} or newer (go.dev/dl) or the Pulumi CLI (pulumi.com/docs/install), and run this again`;

/** The path of Go, if it is installed. */
export function findGo() {
  const usual = join(process.env.GOROOT || "/usr/local/go", "bin", "go");
  return findExecutable("go") ?? (isExecutable(usual) ? usual : undefined);
}

/**
 * A Go that can build the CLI: the installed one, or the newer one that it downloads for itself.
 * @returns {Promise<{ go: string, env: NodeJS.ProcessEnv }>}
 */
export async function goToolchain() {
  const go = findGo();
  if (go === undefined) throw new NotReady(`Go, which builds it, is not installed; ${wayOn}`);
  const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", CGO_ENABLED: "0" };
  const installed = await run(go, ["env", "GOVERSION"], { cwd: homedir(), env: { ...env, GOTOOLCHAIN: "local" } });
  const version = /^go(\d[\d.]*)/.exec(installed.stdout)?.[1];
  if (!installed.ok || version === undefined) {
    throw new NotReady(`${go}, which builds it, does not run (${lastLines(installed.output, 1)}); ${wayOn}`);
  }
  if (isAtLeast(version, neededGo)) return { go, env: { ...env, GOTOOLCHAIN: "local" } };
  const newer = await run(go, ["env", "GOVERSION"], { cwd: cliModule, env, timeout: 300_000 });
  const newerVersion = /^go(\d[\d.]*)/.exec(newer.stdout)?.[1] ?? "0";
  if (newer.ok && isAtLeast(newerVersion, neededGo)) return { go, env };
  const why = newer.ok ? "GOTOOLCHAIN forbids it" : lastLines(newer.output, 1).trim();
  throw new NotReady(`Go ${version} is too old to build it, and a newer one cannot be downloaded (${why}); ${wayOn}`);
}
