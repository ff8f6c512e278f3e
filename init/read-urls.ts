import { type Found, placeOf } from "./found";
import type { ProjectFiles } from "./project-files";
import { callsOf, literal, withoutComments } from "./python-source";

const HEALTH =
  /^(__lbheartbeat__|__heartbeat__|up|health|healthz|health[-_]?check|healthcheckz?|ht|_?status|ping|alive|live(ness|z)?|ready|readyz|readiness|_health)\/?$/i;

/** Pages that a URL configuration serves. */
export interface Routes {
  health: Found<string> | undefined;
  /** Whether something is served at `/`. */
  home: Found<string> | undefined;
  admin: Found<string> | undefined;
}

/** Finds routes by reading: those at the top of each file, with the prefix that the root includes it under. */
export function readUrls(files: ProjectFiles, paths: readonly string[], root: string | undefined): Routes {
  const routes = paths.flatMap((path) => routesOf(path, files.read(path)));
  const prefixes = new Map(routes.flatMap(({ value, includes }) => (includes ? [[includes, value] as const] : [])));
  const full = routes.map((route) => {
    const module = route.path.replace(/\.py$/, "").replaceAll("/", ".");
    const prefix = [...prefixes].find(([name]) => module === name || module.endsWith(`.${name}`));
    const isRoot = route.path === root;
    return {
      ...route,
      value: `/${prefix && !isRoot ? prefix[1] : ""}${route.value}`,
      isReached: isRoot || prefix !== undefined,
    };
  });
  const reached = full.filter(({ isReached, includes }) => isReached && includes === undefined);
  const health = reached
    .filter(({ last }) => HEALTH.test(last))
    .sort((a, b) => rank(a.last) - rank(b.last) || a.value.length - b.value.length)[0];
  return {
    health,
    home: reached.find(({ value }) => value === "/"),
    admin: full.find(({ line, isReached }) => isReached && /admin\.site\.urls/.test(line)),
  };
}

/** Routes that look at nothing but the process come first: a dyno is not ill because Redis is. */
const rank = (route: string): number => (/lbheartbeat|^up|live|ping/.test(route) ? 0 : 1);

interface Route extends Found<string> {
  path: string;
  last: string;
  includes: string | undefined;
  line: string;
}

function routesOf(path: string, text: string): Route[] {
  const source = withoutComments(text);
  return callsOf(source, /^(path|re_path|url|i18n_path)$/).flatMap(({ args, offset }) => {
    // What a project puts before all of its routes is empty unless somebody sets it.
    const pattern = literal(args[0])?.replace(/^\{\w+\}/, "");
    const route = pattern?.replace(/^\^/, "").replace(/\$$/, "").replace(/\/\?$/, "/");
    if (route === undefined || /[<>()[\]{}\\*+|]/.test(route)) return [];
    const view = args[1] ?? "";
    // What `include` takes by name; other ones, such as admin.site.urls, lead to pages of packages.
    const includes =
      /^include\(\s*\(?\s*["']([\w.]+)["']/.exec(view)?.[1] ??
      (/^(include|\w+\.site\.urls)/.test(view) ? "" : undefined);
    return [
      {
        value: route,
        at: placeOf(path, text, offset),
        path,
        last: route.split("/").filter(Boolean).at(-1) ?? "",
        includes,
        line: view,
      },
    ];
  });
}
