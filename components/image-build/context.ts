import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { IgnoreRules } from "./ignore-rules";

/** What is built. */
export interface BuildSource {
  /** Folder of the build context, from the project's folder. */
  context: string;
  /** The Dockerfile, from the context's folder. It may lie outside of it. */
  dockerfile: string;
}

/** One file of a build context. */
export interface ContextFile {
  /** Path inside the context, with forward slashes. */
  path: string;
  /** 755 for executables and 644 for other files: all that git keeps, whatever umask a checkout was made under. */
  mode: number;
  /** Target of a symbolic link. */
  link?: string;
  /** Content, unless it is copied from the folder. */
  text?: string;
  /** Changes when the file in the folder is written to. */
  version?: string;
}

/** The content of a build context. */
export interface BuildContext {
  /** Absolute path of its folder. */
  folder: string;
  /** The Dockerfile: its absolute path, its path inside the context (assigned if it is outside), and its text. */
  dockerfile: { source: string; path: string; text: string };
  /** All files that the builder sees, sorted by path. */
  files: ContextFile[];
  /** Whether the builder sees a path inside the context. */
  isTaken(path: string): boolean;
}

/**
 * Reads what the builder sees of a folder: everything that the ignore file does not exclude, except the project's own
 * state, packages and settings, and git's data. Symbolic links stay links. Like BuildKit, prefers
 * `<Dockerfile>.dockerignore` to `.dockerignore`.
 */
export function readContext({ context, dockerfile }: BuildSource): BuildContext {
  const folder = resolve(context);
  const source = resolve(context, dockerfile);
  const inside = relative(folder, source).replaceAll("\\", "/");
  const place = inside.startsWith("../") ? unusedName(folder, inside.split("/").at(-1) ?? "Dockerfile") : inside;
  const own = [`${source}.dockerignore`, `${place}.dockerignore`] as const;
  const [ignoreSource, ignorePlace] = existsSync(own[0]) ? own : [join(folder, ".dockerignore"), ".dockerignore"];
  const buildFiles = [
    buildFile(source, place),
    ...(existsSync(ignoreSource) ? [buildFile(ignoreSource, ignorePlace)] : []),
  ];
  const rules = new IgnoreRules(buildFiles[1]?.text);
  const isOwn = ownFiles(folder);
  // As with `docker build`, these are included even if a pattern excludes them.
  const isBuildFile = (path: string) => buildFiles.some((file) => file.path === path);
  const isTaken = (path: string) => isBuildFile(path) || (!isOwn(path) && !rules.ignores(path));
  const isPruned = (path: string) => isOwn(path) || rules.ignoresAllIn(path);
  const files = [...buildFiles, ...filesIn(folder, "", (path) => isTaken(path) && !isBuildFile(path), isPruned)];
  return {
    folder,
    dockerfile: { source, path: place, text: buildFiles[0]?.text ?? "" },
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    isTaken,
  };
}

/** An error about a file of the context that cannot be used. */
export const unusable = (path: string, reason: string): pulumi.RunError =>
  new pulumi.RunError(`the build context cannot be used: ${path} ${reason}`);

function filesIn(
  root: string,
  folder: string,
  isTaken: (path: string) => boolean,
  isPruned: (path: string) => boolean,
): ContextFile[] {
  return entriesOf(root, folder).flatMap((entry): ContextFile[] => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isPruned(path) ? [] : filesIn(root, path, isTaken, isPruned);
    if (!(entry.isFile() || entry.isSymbolicLink()) || !isTaken(path)) return [];
    const file = join(root, path);
    const version = versionOf(file);
    if (entry.isSymbolicLink()) return [{ path, mode: 0o777, link: readlinkSync(file), version }];
    return [{ path, mode: modeOf(lstatSync(file)), version }];
  });
}

function entriesOf(root: string, folder: string) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    throw unusable(
      folder || root,
      `cannot be read, got ${Object(error).code}; make it readable, or name it in .dockerignore`,
    );
  }
}

/** Changes when a file is written to. */
export function versionOf(file: string): string {
  const { size, mtimeMs, ino } = lstatSync(file);
  return `${size} ${mtimeMs} ${ino}`;
}

function buildFile(file: string, path: string): ContextFile & { text: string } {
  return { path, mode: modeOf(statSync(file)), text: readFileSync(file, "utf8") };
}

const modeOf = ({ mode }: Stats): number => ((mode & 0o100) !== 0 ? 0o755 : 0o644);

/** A name for a Dockerfile from outside the context that no file in the context has. */
function unusedName(folder: string, name: string): string {
  const isUsed = [name, `${name}.dockerignore`].some((one) => existsSync(join(folder, one)));
  return isUsed ? unusedName(folder, `outside-${name}`) : name;
}

/**
 * Whether a path is the project's own, in a context that contains the project: state and settings change with every
 * run, and the image would change too.
 */
function ownFiles(folder: string): (path: string) => boolean {
  const project = relative(realpathSync(folder), process.cwd()).replaceAll("\\", "/");
  const prefix = project === "" ? "" : `${project}/`;
  const contains = project !== ".." && !project.startsWith("../");
  return (path) => {
    if (/(^|\/)\.(git|pulumi)(\/|$)/.test(path)) return true;
    if (!contains || !path.startsWith(prefix)) return false;
    return /^((\.local|node_modules)(\/|$)|Pulumi(\.[^/]+)?\.yaml$)/.test(path.slice(prefix.length));
  };
}
