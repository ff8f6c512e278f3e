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
} from "node:fs";
import { dirname, join } from "node:path";
import dockerignore from "@balena/dockerignore";

/** Folder for staged contexts. Relative, so that the path in the state is the same on every machine. */
const STAGING = ".local/build";

/** Names of the stages of a Dockerfile, in order. */
export function dockerfileTargets(path: string): string[] {
  return [...readFileSync(path, "utf8").matchAll(/^\s*FROM\s+.+\s+AS\s+(\S+)\s*$/gim)].flatMap(
    (match) => match[1] ?? [],
  );
}

/**
 * Copies a build context, less what its .dockerignore leaves out, to a folder named by its content, and answers that
 * folder. Modes are settled to 755 for folders and executables and 644 for the rest: git keeps no more, and the
 * digest that decides about a build counts them.
 */
export function stageContext(context: string, dockerfile: string): string {
  const files = listFiles(context, dockerfile);
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(JSON.stringify([file.path, file.mode, file.link ?? ""]));
    if (file.link === undefined) hash.update(readFileSync(join(context, file.path)));
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
    copyFileSync(join(context, path), target);
    chmodSync(target, mode);
  }
  for (const folder of new Set(files.map(({ path }) => dirname(join(unfinished, path))))) chmodSync(folder, 0o755);
  renameSync(unfinished, staged);
  return staged;
}

interface StagedFile {
  /** Path inside the context, with forward slashes. */
  path: string;
  mode: number;
  /** Target of a symbolic link. */
  link?: string;
}

function listFiles(context: string, dockerfile: string): StagedFile[] {
  const ignoreFile = join(context, ".dockerignore");
  const ignore = dockerignore().add(existsSync(ignoreFile) ? readFileSync(ignoreFile, "utf8") : "");
  return (
    readdirSync(context, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry): StagedFile => {
        const full = join(entry.parentPath, entry.name);
        const path = full.slice(join(context, "/").length).replaceAll("\\", "/");
        if (entry.isSymbolicLink()) return { path, mode: 0o777, link: readlinkSync(full) };
        return { path, mode: (statSync(full).mode & 0o100) !== 0 ? 0o755 : 0o644 };
      })
      // As with `docker build`, these two are taken even when a pattern names them.
      .filter(({ path }) => path === ".dockerignore" || path === dockerfile || !ignore.ignores(path))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  );
}
