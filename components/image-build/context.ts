import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import dockerignore from "@balena/dockerignore";

/** Folder for staged contexts. Relative, so that the path in the state is the same on every machine. */
const STAGING = ".local/build";

/** What is built: a folder and the Dockerfile inside it. */
export interface BuildContext {
  context: string;
  dockerfile: string;
}

/**
 * Copies a build context, less what its .dockerignore leaves out, to a folder named by its content, and answers that
 * folder. Modes are settled to 755 for folders and executables and 644 for the rest: git keeps no more, and the
 * digest that decides about a build counts them. The Dockerfile's text may be another one than the context's.
 */
export function stageContext(
  { context, dockerfile }: BuildContext,
  text = readFileSync(join(context, dockerfile), "utf8"),
): string {
  const files = listFiles(context, dockerfile);
  const contentOf = (path: string) => (path === dockerfile ? text : readFileSync(join(context, path)));
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(JSON.stringify([file.path, file.mode, file.link ?? ""]));
    if (file.link === undefined) hash.update(contentOf(file.path));
  }
  const staged = `${STAGING}/${hash.digest("hex").slice(0, 16)}`;
  if (existsSync(staged)) return staged;

  const unfinished = `${staged}.${process.pid}`;
  for (const { path, mode, link } of files) {
    const target = join(unfinished, path);
    mkdirSync(dirname(target), { recursive: true });
    if (link !== undefined) {
      symlinkSync(link, target);
      continue;
    }
    if (path === dockerfile) writeFileSync(target, text);
    else copyFileSync(join(context, path), target);
    chmodSync(target, mode);
  }
  for (const folder of new Set(files.map(({ path }) => dirname(join(unfinished, path))))) chmodSync(folder, 0o755);
  renameSync(unfinished, staged);
  return staged;
}

/** Paths of a context's files, with forward slashes, in an order of their own. */
export const contextFiles = ({ context, dockerfile }: BuildContext): string[] =>
  listFiles(context, dockerfile).map(({ path }) => path);

/** Says of a path inside a context whether the builder gets to see it. */
export function contextFilter({ context, dockerfile }: BuildContext): (path: string) => boolean {
  const ignoreFile = join(context, ".dockerignore");
  const ignore = dockerignore().add(existsSync(ignoreFile) ? readFileSync(ignoreFile, "utf8") : "");
  // As with `docker build`, these two are taken even when a pattern names them.
  return (path) => path === ".dockerignore" || path === dockerfile || !ignore.ignores(path);
}

interface StagedFile {
  /** Path inside the context, with forward slashes. */
  path: string;
  mode: number;
  /** Target of a symbolic link. */
  link?: string;
}

function listFiles(context: string, dockerfile: string): StagedFile[] {
  const isTaken = contextFilter({ context, dockerfile });
  return readdirSync(context, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry): StagedFile => {
      const full = join(entry.parentPath, entry.name);
      const path = full.slice(join(context, "/").length).replaceAll("\\", "/");
      if (entry.isSymbolicLink()) return { path, mode: 0o777, link: readlinkSync(full) };
      return { path, mode: (statSync(full).mode & 0o100) !== 0 ? 0o755 : 0o644 };
    })
    .filter(({ path }) => isTaken(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
