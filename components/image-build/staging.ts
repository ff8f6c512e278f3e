import { createHash, type Hash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, posix } from "node:path";
import { type BuildContext, type ContextFile, unusable, versionOf } from "./context";

/** Folder for staged contexts. Relative, so that the path in the state is the same on every machine. */
const STAGING = ".local/build";

/**
 * Copies a build context to a folder named after its content, and returns that folder. File modes are settled, since
 * they are part of the Docker provider's digest. The Dockerfile's text may be replaced. Removes what other runs have
 * staged, unless they are still running.
 */
export function stageContext(context: BuildContext, dockerfile = context.dockerfile.text): string {
  const files = context.files.map((file) =>
    file.path === context.dockerfile.path ? { ...file, text: dockerfile } : file,
  );
  const staged = join(STAGING, digestOf(context.folder, files));
  const climbs = "/up".repeat(Math.max(0, ...files.map(climbOf)));
  mkdirSync(STAGING, { recursive: true });
  // Written first, so that no other run removes the folder from here on.
  writeFileSync(`${staged}.used-by-${process.pid}`, "");
  if (!existsSync(staged)) {
    const unfinished = `${staged}.unfinished-${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    copyFiles(context.folder, files, unfinished + climbs);
    renameSync(unfinished, staged);
  }
  removeUnused();
  return staged + climbs;
}

function digestOf(folder: string, files: readonly ContextFile[]): string {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(1_048_576);
  for (const { path, mode, link, text } of files) {
    hash.update(JSON.stringify([path, mode, link ?? ""]));
    if (text !== undefined) hash.update(text);
    else if (link === undefined) hashFile(hash, folder, path, buffer);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Reads in chunks: a file may be larger than the memory. */
function hashFile(hash: Hash, folder: string, path: string, buffer: Buffer): void {
  const file = openToRead(folder, path);
  try {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

function openToRead(folder: string, path: string): number {
  try {
    return openSync(join(folder, path), "r");
  } catch (error) {
    throw unusable(path, `cannot be read, got ${Object(error).code}; make it readable, or name it in .dockerignore`);
  }
}

function copyFiles(folder: string, files: readonly ContextFile[], to: string): void {
  for (const { path, mode, link, text, version } of files) {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    if (text !== undefined) writeFileSync(target, text);
    else if (link !== undefined) symlinkSync(link, target);
    else copyFileSync(join(folder, path), target, constants.COPYFILE_FICLONE);
    if (version !== undefined && versionOf(join(folder, path)) !== version) {
      throw unusable(path, "was written to while it was copied; run the command again");
    }
    if (link === undefined) chmodSync(target, mode);
  }
  for (const parent of new Set(files.map(({ path }) => dirname(join(to, path))))) chmodSync(parent, 0o755);
  for (const file of files) settleLink(to, file);
}

/** How many folders above the context a link points. */
function climbOf({ path, link }: ContextFile): number {
  if (link === undefined || isAbsolute(link)) return 0;
  return posix
    .normalize(posix.join(posix.dirname(path), link))
    .split("/")
    .filter((name) => name === "..").length;
}

/**
 * Docker packs links as links, but the Docker provider follows them for its digest and fails on broken ones. A link out
 * of the context therefore gets an empty folder to point to, whatever it points to on this machine.
 */
function settleLink(root: string, file: ContextFile): void {
  if (file.link === undefined) return;
  const link = join(root, file.path);
  if (climbOf(file) > 0) mkdirSync(join(dirname(link), file.link), { recursive: true });
  if (existsSync(link)) return;
  const fix = "the Docker provider cannot build with such a link: remove it, or name it in .dockerignore";
  throw unusable(file.path, `must not be a broken link, got ${file.link}; ${fix}`);
}

/** Removes what no running process uses. */
function removeUnused(): void {
  const names = readdirSync(STAGING);
  const isAlive = (name: string) => isRunning(Number(/\d+$/.exec(name)?.[0]));
  const used = names.flatMap((name) => (/\.used-by-/.test(name) && isAlive(name) ? [name.split(".", 1)[0]] : []));
  for (const name of names.filter((name) => (name.includes(".") ? !isAlive(name) : !used.includes(name)))) {
    const path = join(STAGING, name);
    // Renamed first, so that a run killed in between does not leave an incomplete folder under its final name.
    const unfinished = name.includes(".") ? path : `${path}.unfinished-${process.pid}`;
    if (unfinished !== path) renameSync(path, unfinished);
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return Object(error).code === "EPERM";
  }
}
