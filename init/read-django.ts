import { type Found, placeOf } from "./found";
import type { ProjectFiles } from "./project-files";
import { withoutComments } from "./python-source";
import { isIn } from "./read-packages";
import { type Routes, readUrls } from "./read-urls";

/** A Django project, as far as its files tell. */
export interface Django {
  /** Where manage.py lies, from the project's folder. */
  folder: string;
  manage: string;
  /** The settings module for production, and the one that manage.py uses by itself. */
  settings: Found<string> | undefined;
  defaultSettings: Found<string> | undefined;
  /** Files that the settings module consists of, the module itself first. */
  settingsFiles: string[];
  wsgi: string | undefined;
  asgi: string | undefined;
  routes: Routes;
  /** Module with the Celery app, and where its schedule is. */
  celery: Found<string> | undefined;
  beat: Found<string> | undefined;
  migrations: Found<string> | undefined;
}

const DEVELOPMENT = /(^|[._])(dev|develop|development|local|test|tests|testing|ci|debug)$/;
const PRODUCTION = ["heroku", "production", "prod", "live", "deploy", "deployment", "container", "docker"];

/** Reads the Django project in a folder, or the one nearest to the top. */
export function readDjango(files: ProjectFiles, within: string): Django | undefined {
  const manages = files.paths.filter((path) => /(^|\/)manage\.py$/.test(path) && /django/i.test(files.read(path)));
  const manage = manages.find((path) => isIn(path, within)) ?? manages[0];
  if (manage === undefined) return undefined;
  const folder = manage.split("/").slice(0, -1).join("/");
  const sources = files.paths.filter(
    (path) => path.endsWith(".py") && isIn(path, folder) && !/(^|\/)tests?\//.test(path),
  );
  const defaultSettings = settingsIn(files, [manage]);
  const served = settingsIn(
    files,
    sources.filter((path) => /\/(wsgi|asgi)\.py$/.test(path)),
  );
  const settings = productionSettings(files, folder, served ?? defaultSettings);
  const settingsFiles = settings === undefined ? [] : importedSettings(files, folder, settings.value);
  const text = settingsFiles.map((path) => files.read(path)).join("\n");
  const named = (setting: string) => new RegExp(`^${setting}\\s*=\\s*["']([\\w.]+)["']`, "m").exec(text)?.[1];
  const root = named("ROOT_URLCONF");
  return {
    folder,
    manage: folder === "" ? "manage.py" : manage,
    settings,
    defaultSettings,
    settingsFiles,
    wsgi: applicationOf(named("WSGI_APPLICATION"), sources, folder, "wsgi"),
    asgi: applicationOf(named("ASGI_APPLICATION"), sources, folder, "asgi"),
    routes: readUrls(
      files,
      sources.filter((path) => /urls(\/\w+)?\.py$|urls\w*\.py$/.test(path)),
      root === undefined ? undefined : fileOf(files, folder, root),
    ),
    celery: celeryApp(files, sources, folder),
    beat: firstMatch(files, sources, /beat_schedule\b|CELERY_?BEAT_SCHEDULE\b|django_celery_beat|add_periodic_task\(/),
    migrations: sources
      .filter((path) => /\/migrations\/\d\w*\.py$/.test(path))
      .map((path) => ({ value: path, at: path }))[0],
  };
}

function settingsIn(files: ProjectFiles, paths: readonly string[]): Found<string> | undefined {
  return paths
    .map((path) => {
      const text = withoutComments(files.read(path));
      const match = /DJANGO_SETTINGS_MODULE["'\s,=\]]+["']([\w.]+)["']/.exec(text);
      return match?.[1] === undefined ? undefined : { value: match[1], at: placeOf(path, text, match.index) };
    })
    .find((found) => found !== undefined);
}

/** The module beside the usual one that is named after production; the usual one if it has no such sibling. */
function productionSettings(
  files: ProjectFiles,
  folder: string,
  usual: Found<string> | undefined,
): Found<string> | undefined {
  if (usual === undefined) return undefined;
  const parts = usual.value.split(".");
  const own = parts.at(-1) ?? "";
  if (PRODUCTION.includes(own)) return usual;
  const parents = [parts.slice(0, -1), parts].map((path) => path.join("."));
  for (const name of PRODUCTION) {
    for (const module of [...parents.map((parent) => `${parent}.${name}`), `${usual.value}_${name}`]) {
      const path = fileOf(files, folder, module);
      if (path !== undefined && (/settings/.test(module) || parents[0] === usual.value))
        return { value: module, at: path };
    }
  }
  return usual;
}

export const isDevelopmentSettings = (module: string): boolean => DEVELOPMENT.test(module);

/** A module's file, or a package's. */
function fileOf(files: ProjectFiles, folder: string, module: string): string | undefined {
  const path = [...(folder === "" ? [] : [folder]), ...module.split(".")].join("/");
  return [`${path}.py`, `${path}/__init__.py`].find((candidate) => files.has(candidate));
}

/** A settings module with those that it takes everything from, at any depth. */
function importedSettings(files: ProjectFiles, folder: string, module: string, seen = new Set<string>()): string[] {
  const path = fileOf(files, folder, module);
  if (path === undefined || seen.has(path)) return [];
  seen.add(path);
  const parent = path.endsWith("/__init__.py") ? module : module.split(".").slice(0, -1).join(".");
  const imports = [...files.read(path).matchAll(/^\s*from\s+(\.*)([\w.]*)\s+import\s+(\([^)]*\)|[^\n#]*)/gm)];
  const modules = imports.flatMap(([, dots = "", name = "", names = ""]) => {
    const base =
      dots === ""
        ? ""
        : parent
            .split(".")
            .slice(0, parent.split(".").length - dots.length + 1)
            .join(".");
    const whole = [base, name].filter(Boolean).join(".");
    return [whole, ...names.split(/[,\s()]+/).map((one) => `${whole}.${one}`)].filter((one) =>
      /settings|conf|env/.test(one),
    );
  });
  return [path, ...modules.flatMap((one) => importedSettings(files, folder, one, seen))];
}

function applicationOf(
  named: string | undefined,
  sources: readonly string[],
  folder: string,
  kind: string,
): string | undefined {
  if (named !== undefined) return named.replace(/\.(\w+)$/, ":$1");
  const path = sources.find((source) => source.endsWith(`/${kind}.py`));
  return path === undefined ? undefined : `${moduleOf(path, folder)}:application`;
}

function moduleOf(path: string, folder: string): string {
  const inside = folder === "" ? path : path.slice(folder.length + 1);
  return inside.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".");
}

function celeryApp(files: ProjectFiles, sources: readonly string[], folder: string): Found<string> | undefined {
  const found = firstMatch(files, sources, /^\w+\s*(:\s*Celery\s*)?=\s*Celery\(/m);
  if (found === undefined) return undefined;
  const path = found.at.replace(/:\d+$/, "");
  const module = moduleOf(path, folder);
  // `celery -A project` finds project/celery.py by itself.
  return { value: module.replace(/\.celery$/, ""), at: found.at };
}

function firstMatch(files: ProjectFiles, paths: readonly string[], pattern: RegExp): Found<string> | undefined {
  for (const path of paths) {
    const text = withoutComments(files.read(path));
    const match = pattern.exec(text);
    if (match) return { value: match[0], at: placeOf(path, text, match.index) };
  }
  return undefined;
}
