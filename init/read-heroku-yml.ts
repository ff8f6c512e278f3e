import { type Found, placeOfWord } from "./found";
import type { ProjectFiles } from "./project-files";
import { join } from "./read-dockerfile";
import { readYaml, textOf, textsOf, treeOf } from "./read-yaml";

/** A process type, as the project declares it. */
export interface DeclaredType extends Found<string> {
  type: string;
  /** Whose image runs it, if another type's. */
  image?: string;
}

/** What a project declares for Heroku, be it in heroku.yml or app.json. */
export interface HerokuYml {
  path: string;
  dockerfiles: { type: string; path: string; target?: string; at: string }[];
  buildArgs: Map<string, Found<string>>;
  types: DeclaredType[];
  addons: Found<string>[];
  configVars: Map<string, Found<string>>;
}

export function readHerokuYml(files: ProjectFiles): HerokuYml | undefined {
  const path = ["heroku.yml", "heroku.yaml"].find((name) => files.has(name));
  if (path === undefined) return undefined;
  const text = files.read(path);
  const tree = readYaml(text);
  const build = treeOf(tree.build);
  const setup = treeOf(tree.setup);
  const at = (word: string, section: string) => placeOfWord(path, text, word, Math.max(text.indexOf(`${section}:`), 0));
  return {
    path,
    dockerfiles: Object.entries(treeOf(build.docker)).flatMap(([type, value]) => {
      const dockerfile = textOf(value) ?? textOf(treeOf(value).dockerfile);
      const target = textOf(treeOf(value).target);
      return dockerfile === undefined
        ? []
        : [
            {
              type,
              path: join("", dockerfile),
              ...(target === undefined ? {} : { target }),
              at: at(`${type}:`, "docker"),
            },
          ];
    }),
    buildArgs: texts(build.config, (name) => at(name, "config")),
    types: [
      ...Object.entries(treeOf(tree.run)).flatMap(([type, value]) => declared(type, value, at(`${type}:`, "run"))),
      ...declared("release", tree.release, at("release:", "release")),
    ],
    addons: (Array.isArray(setup.addons) ? setup.addons : []).flatMap((addon) => {
      const plan = textOf(addon) ?? textOf(treeOf(addon).plan);
      return plan === undefined ? [] : [{ value: plan, at: at(plan, "addons") }];
    }),
    configVars: texts(setup.config, (name) => at(name, "setup")),
  };
}

function declared(type: string, value: unknown, at: string): DeclaredType[] {
  const settings = treeOf(value);
  const list = textsOf(settings.command).join(" && ");
  const command = textOf(value) ?? textOf(settings.command) ?? list;
  const image = textOf(settings.image);
  if (command === "" && image === undefined) return [];
  return [{ type, value: command, at, ...(image === undefined ? {} : { image }) }];
}

export function texts(value: unknown, at: (name: string) => string): Map<string, Found<string>> {
  const found = Object.entries(treeOf(value)).flatMap(([name, one]): [string, Found<string>][] => {
    const text = textOf(one);
    return text === undefined ? [] : [[name, { value: text, at: at(name) }]];
  });
  return new Map(found);
}
