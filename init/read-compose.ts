import { type Found, placeOf } from "./found";
import type { ProjectFiles } from "./project-files";
import { join } from "./read-dockerfile";
import { readYaml, type Tree, textOf, textsOf, treeOf, wordsOf } from "./read-yaml";
import { withoutShell, withoutWaiting } from "./shell";

const USES = ["production", "any", "development"] as const;

/** A service of a compose file. */
export interface ComposeService {
  name: string;
  /** Whether its file is for production, development or says neither. */
  use: (typeof USES)[number];
  at: string;
  image: string | undefined;
  build: { context: string; dockerfile: string; target: string | undefined; args: Map<string, string> } | undefined;
  command: string | undefined;
  /** Names of its environment variables; their values may be secrets. */
  variables: string[];
  healthCheck: string | undefined;
  ports: string[];
}

/** The services of all compose files of a project, whatever they are named; those for production first. */
export function readCompose(files: ProjectFiles): ComposeService[] {
  return files.paths
    .filter(
      (path) =>
        /\.ya?ml$/.test(path) &&
        path.split("/").length <= 4 &&
        !/(^|\/)(\.|[\w-]*tests?[\w-]*\/|docs?\/|examples?\/)/.test(path),
    )
    .flatMap((path) => servicesOf(files.read(path), path))
    .sort((a, b) => USES.indexOf(a.use) - USES.indexOf(b.use));
}

function servicesOf(text: string, path: string): ComposeService[] {
  if (!/^services:/m.test(text)) return [];
  const folder = path.split("/").slice(0, -1).join("/");
  const start = text.search(/^services:/m);
  return Object.entries(treeOf(readYaml(text).services)).map(([name, value]) => {
    const service = treeOf(value);
    const offset = text.slice(start).search(new RegExp(`^ +["']?${name.replaceAll(/[^\w-]/g, ".")}["']?:`, "m"));
    return {
      name,
      use: useOf(path),
      at: offset < 0 ? path : placeOf(path, text, start + offset + 1),
      image: textOf(service.image),
      build: buildOf(service.build, folder),
      command: commandOf(service),
      variables: namesOf(service.environment),
      healthCheck: healthCheckOf(service),
      ports: textsOf(service.ports),
    };
  });
}

function useOf(path: string): ComposeService["use"] {
  const name = path.toLowerCase();
  if (/prod/.test(name)) return "production";
  return /local|dev|test|override|(^|[^a-z])ci([^a-z]|$)|debug/.test(name) ? "development" : "any";
}

function buildOf(value: unknown, folder: string): ComposeService["build"] {
  const build = treeOf(value);
  const context = textOf(value) ?? textOf(build.context) ?? (Object.keys(build).length > 0 ? "." : undefined);
  if (context === undefined || /^(https?|git|ssh):|\$/.test(context)) return undefined;
  const inside = join(folder, context);
  return {
    context: inside,
    dockerfile: join(inside, textOf(build.dockerfile) ?? "Dockerfile"),
    target: plain(textOf(build.target)),
    args: new Map(argumentsOf(build.args).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))),
  };
}

function argumentsOf(value: unknown): [string, string | undefined][] {
  const list = textsOf(value).map((item): [string, string | undefined] => {
    const [name = "", ...rest] = item.split("=");
    return [name, plain(rest.length > 0 ? rest.join("=") : undefined)];
  });
  const map = Object.entries(treeOf(value)).map(([name, text]): [string, string | undefined] => [
    name,
    plain(textOf(text)),
  ]);
  return Array.isArray(value) ? list : map;
}

/** A value as it stands; `${NAME:-default}` stands for its default, `${NAME}` for nothing that can be known. */
function plain(text: string | undefined): string | undefined {
  const replaced = text?.replaceAll(/\$\{\w+:?-([^}]*)\}/g, "$1");
  return replaced === undefined || /\$\{?\w/.test(replaced) ? undefined : replaced;
}

function commandOf(service: Tree): string | undefined {
  const command = wordsOf(service.command);
  const line = Array.isArray(command) ? withoutShell(command) : unwrapped(command ?? "");
  // `$$` is compose's way to write a dollar sign.
  return line === "" ? undefined : withoutWaiting(line.replaceAll("$$", "$"));
}

/** What `sh -c "…"` runs, or the command as it is written. */
const unwrapped = (command: string): string =>
  command
    .trim()
    .replace(/^\S*sh -\w*c (["'])([\s\S]*)\1$/, "$2")
    .replaceAll(/\\?\s*\n\s*/g, " ")
    .trim();

const namesOf = (value: unknown): string[] =>
  Array.isArray(value) ? textsOf(value).map((item) => item.split("=")[0] ?? "") : Object.keys(treeOf(value));

function healthCheckOf(service: Tree): string | undefined {
  const test = wordsOf(treeOf(service.healthcheck).test);
  return Array.isArray(test) ? test.join(" ") : test;
}

/** A service for which Heroku has an add-on, or nothing. */
export const isOf = (service: ComposeService, images: RegExp): boolean =>
  images.test(service.image ?? "") || (service.image === undefined && images.test(service.name));

/** Where it says so, with its image. */
export const foundService = (service: ComposeService): Found<string> => ({
  value: service.image ?? service.name,
  at: service.at,
});
