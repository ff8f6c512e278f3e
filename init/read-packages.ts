import { type Found, placeOf } from "./found";
import type { ProjectFiles } from "./project-files";
import { readJson, textOf, treeOf } from "./read-yaml";

/** The packages that a project asks for: where, by name. */
export interface Packages {
  has(name: string): boolean;
  /** Where the first of these is asked for. */
  find(...names: string[]): Found<string> | undefined;
}

/** Python packages of pyproject.toml, requirements files, Pipfile and setup.cfg, as far as their names go. */
export function readPythonPackages(files: ProjectFiles, folder: string): Packages {
  const found = new Map<string, string>();
  for (const path of files.paths) {
    if (!isIn(path, folder)) continue;
    const isList = /(^|\/)(requirements[^/]*\.(txt|in)|requirements\/[^/]+\.(txt|in))$/.test(path);
    if (!isList && !/(^|\/)(pyproject\.toml|Pipfile|setup\.(cfg|py))$/.test(path)) continue;
    const text = files.read(path).replaceAll(/^\s*#.*$/gm, "");
    // In a list a name begins the line; in the others it is a key or begins a quoted text.
    const names = isList ? /^([A-Za-z][\w.-]*)/gm : /(?:^|["'])\s*([A-Za-z][\w.-]*)(?=\s*(?:[=<>!~;["'\s[]|$))/gm;
    for (const match of text.matchAll(names)) {
      const name = normal(match[1] ?? "");
      if (!found.has(name)) found.set(name, placeOf(path, text, match.index + match[0].length - 1));
    }
  }
  return packages(found);
}

/** What package.json says. */
export interface PackageJson extends Packages {
  path: string;
  start: Found<string> | undefined;
  main: string;
}

export function readPackageJson(files: ProjectFiles, folder: string): PackageJson | undefined {
  const path = [folder === "" ? "package.json" : `${folder}/package.json`].find((name) => files.has(name));
  if (path === undefined) return undefined;
  const text = files.read(path);
  const tree = readJson(text);
  const names = Object.keys(treeOf(tree.dependencies));
  const at = (word: string) => placeOf(path, text, Math.max(text.indexOf(`"${word}"`), 0));
  const start = textOf(treeOf(tree.scripts).start);
  return {
    path,
    ...packages(new Map(names.map((name) => [name, at(name)]))),
    start: start === undefined ? undefined : { value: start, at: at("start") },
    main: textOf(tree.main) ?? "index.js",
  };
}

export const isIn = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);

const normal = (name: string): string => name.toLowerCase().replaceAll(/[_.]/g, "-");

function packages(places: ReadonlyMap<string, string>): Packages {
  const find = (...names: string[]) => {
    const value = names.find((name) => places.has(name));
    const at = value === undefined ? undefined : places.get(value);
    return value === undefined || at === undefined ? undefined : { value, at };
  };
  return { has: (name) => places.has(name), find };
}
