import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal";

/** Folders that hold what is installed, generated or kept by tools. */
const IGNORED =
  /^(node_modules|bower_components|\.git|\.hg|\.svn|\.local|\.pulumi|\.terraform|\.idea|\.vscode|\.?venv|virtualenv|site-packages|__pycache__|\.tox|\.nox|\.(mypy|pytest|ruff)_cache|\.next|\.nuxt|\.cache)$/;

/** Larger files are data. */
const LARGEST = 1_000_000;

/** How far the walk goes before it gives up. */
export interface WalkLimits {
  depth: number;
  entries: number;
}

const LIMITS: WalkLimits = { depth: 12, entries: 100_000 };

/** The files of somebody's project. They are only ever read. */
export class ProjectFiles {
  readonly #texts = new Map<string, string>();
  readonly #paths: ReadonlySet<string>;

  private constructor(
    /** Absolute path of the project's folder. */
    readonly folder: string,
    /** Paths from the folder, with forward slashes; those nearest to the top first. */
    readonly paths: readonly string[],
  ) {
    this.#paths = new Set(paths);
  }

  /** Finds the files of a folder. Symbolic links are not followed, as they may lead anywhere. */
  static of(folder: string, limits = LIMITS): ProjectFiles {
    const paths: string[] = [];
    let level = [""];
    let entries = 0;
    for (let depth = 0; depth < limits.depth && level.length > 0; depth++) {
      const next: string[] = [];
      for (const parent of level) {
        for (const entry of entriesOf(join(folder, parent))) {
          entries += 1;
          if (entries > limits.entries) throw tooLarge(folder, limits);
          const path = parent === "" ? entry.name : `${parent}/${entry.name}`;
          if (entry.isFile()) paths.push(path);
          if (entry.isDirectory() && !isIgnored(folder, path, entry.name)) next.push(path);
        }
      }
      level = next;
    }
    return new ProjectFiles(folder, paths);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Whether there is such a file, or a folder with a file in it. */
  hasFileOrFolder(path: string): boolean {
    return path === "" || this.has(path) || this.paths.some((file) => file.startsWith(`${path}/`));
  }

  /** The text of a file; empty for one that is missing, unreadable or too large to be a source. */
  read(path: string): string {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = this.has(path) ? textOf(join(this.folder, path)) : "";
    this.#texts.set(path, text);
    return text;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** A virtual environment may have any name; this file gives it away. */
const isIgnored = (folder: string, path: string, name: string): boolean =>
  IGNORED.test(name) || existsSync(join(folder, path, "pyvenv.cfg"));

function textOf(file: string): string {
  try {
    return lstatSync(file).size > LARGEST ? "" : readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return "";
  }
}

const tooLarge = (folder: string, { entries }: WalkLimits): Refusal =>
  new Refusal(
    `the folder must hold one project, got more than ${entries} files in ${folder}, node_modules, .git and virtual ` +
      "environments not counted; name the folder that holds the Dockerfile",
  );
