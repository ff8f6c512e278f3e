import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The commit that a folder's content comes from. */
export interface GitCommit {
  /** Full hash, with `-dirty` at its end if the folder holds changes that are not committed. */
  revision: string;
  /** When that commit was made, in UTC. */
  created: string;
}

/** Why a folder's commit cannot be found. */
export interface NoCommit {
  reason: string;
}

/** Commits to read at first; a folder whose newest changes are all in ignored files needs more. */
const FIRST_COMMITS = "--max-count=50";

/**
 * The newest commit that changed what is taken from a folder. Commits that changed other files do not count, so an
 * unchanged build context has an unchanged commit.
 */
export function gitCommit(folder: string, isTaken: (path: string) => boolean): GitCommit | NoCommit {
  const prefix = git(folder, ["rev-parse", "--show-prefix"]);
  if (!prefix.ok) return { reason: prefix.output };
  const commit = newestCommit(folder, isTaken, [FIRST_COMMITS]) ?? newestCommit(folder, isTaken, []);
  if (commit === undefined) return { reason: "no commit holds these files" };
  if (isCutOff(folder, commit.hash)) {
    return { reason: "the repository is a shallow clone; fetch all of its history (fetch-depth: 0)" };
  }
  const dirty = uncommitted(folder, prefix.output).some(isTaken);
  return {
    revision: dirty ? `${commit.hash}-dirty` : commit.hash,
    created: new Date(commit.date).toISOString().replace(".000Z", "Z"),
  };
}

/** Where the source can be read, from the remote `origin`; undefined for a folder on this machine, or none. */
export function gitSource(folder: string): string | undefined {
  const remote = git(folder, ["remote", "get-url", "origin"]);
  return remote.ok ? publicUrl(remote.output) : undefined;
}

/** A remote's address, the same for every clone: https even if it is cloned by ssh, and without credentials. */
export function publicUrl(remote: string): string | undefined {
  const [, host, path] = /^(?:[^@/\s]+@)?([\w.-]{2,}):(?!\/\/)(.+)$/.exec(remote) ?? [];
  const overSsh = host !== undefined || /^(git\+)?ssh:\/\//.test(remote);
  const text = host === undefined ? remote.replace(/^(git\+)?ssh:/, "https:") : `https://${host}/${path}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const port = overSsh || url.port === "" ? "" : `:${url.port}`;
  return `${url.protocol}//${url.hostname}${port}${url.pathname}`.replace(/(\.git)?\/*$/, "");
}

interface Commit {
  hash: string;
  date: string;
}

function newestCommit(
  folder: string,
  isTaken: (path: string) => boolean,
  options: readonly string[],
): Commit | undefined {
  // `git log -m` lists a merge once per parent; count it only if it differs from all of them.
  const log = ["-c", "core.quotePath=false", "log", "-m", "--no-renames", "--name-only", "--relative"];
  const { ok, output } = git(folder, [...log, ...options, "--format=%x00%H %cI %P", "--", "."]);
  if (!ok) return undefined;
  const changes = new Map<string, number>();
  for (const record of output.split("\0").slice(1)) {
    const [header = "", ...files] = record.split("\n").filter((line) => line !== "");
    const [hash = "", date = "", ...parents] = header.split(" ");
    const changed = (changes.get(hash) ?? 0) + (files.some(isTaken) ? 1 : 0);
    if (changed >= Math.max(1, parents.length)) return { hash, date };
    changes.set(hash, changed);
  }
  return undefined;
}

/** The oldest commit of a shallow clone seems to have made every file, whichever commit really did. */
function isCutOff(folder: string, hash: string): boolean {
  const edge = git(folder, ["rev-parse", "--git-path", "shallow"]);
  try {
    return edge.ok && readFileSync(resolve(folder, edge.output), "utf8").includes(hash);
  } catch {
    return false;
  }
}

/** Paths inside the folder that differ from the last commit, including those that git ignores. */
function uncommitted(folder: string, prefix: string): string[] {
  const status = ["status", "--porcelain", "--no-renames", "-z", "--untracked-files=all", "--ignored", "--", "."];
  const { output } = git(folder, status);
  return output.split("\0").flatMap((entry) => (entry === "" ? [] : [entry.slice(3 + prefix.length)]));
}

function git(folder: string, args: readonly string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    maxBuffer: 256 * 1_024 * 1_024,
  });
  if (error) return { ok: false, output: "git cannot be run here" };
  if (status === 0) return { ok: true, output: stdout.replace(/\n$/, "") };
  return { ok: false, output: (stderr.trim().split("\n")[0] ?? "").replace(/^fatal: /, "") };
}
