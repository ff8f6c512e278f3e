import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { readFacts } from "./facts";
import { plan } from "./plan";
import { ProjectFiles, type WalkLimits } from "./project-files";
import { readYaml, textOf, treeOf } from "./read-yaml";
import { Refusal } from "./refusal";
import { type Setting, setting, settings, writeSettings } from "./stack-file";

export { Refusal };

/** What to write a stack file for. */
export interface InitRequest {
  /** Folder of the project to deploy. */
  folder: string;
  /** Folder of Pulumi.yaml, in which stack files lie. */
  root: string;
  /** Name of the stack; made from the folder's name when it is left out. */
  stack?: string | undefined;
  limits?: WalkLimits;
}

/** A stack file that nobody has yet. */
export interface StackFile {
  stack: string;
  path: string;
  text: string;
  /** The Dockerfile that it builds, from the project's folder. */
  dockerfile: string;
  /** What only the user knows. */
  todos: string[];
}

/** `<project>-<stack>-<random>` has to fit into the 30 characters of an app's name. */
const LONGEST_NAME = 13;

/** Works out the stack file of a project by reading it, or throws a {@link Refusal}. */
export function initStack({ folder, root, stack: wanted, limits }: InitRequest): StackFile {
  const project = resolve(folder);
  if (!existsSync(project) || !statSync(project).isDirectory()) {
    throw new Refusal(
      `the folder to deploy must exist, got ${folder}; name the folder of a project: npm run init -- <folder>`,
    );
  }
  const stack = wanted ?? stackName(basename(project));
  if (!/^[a-z][a-z0-9-]*$/.test(stack)) {
    throw new Refusal(
      `a stack's name must be lower-case letters, digits and dashes, got ${stack}; choose another with --stack`,
    );
  }
  const path = join(root, `Pulumi.${stack}.yaml`);
  if (existsSync(path)) {
    throw new Refusal(
      `Pulumi.${stack}.yaml exists already and is not overwritten; remove it, or choose another name with --stack`,
    );
  }
  const facts = readFacts(ProjectFiles.of(project, limits));
  const context = contextFrom(root, project);
  const { settings: list, todos } = plan(facts, context, stack);
  refuseDeployed(root, resolve(project, facts.choice.context), resolve(project, facts.choice.dockerfile.path), stack);
  const local = localSettings(root);
  const head = [
    `Written by \`npm run init\` from what ${context} says, by reading only. Comments name the file and line.`,
    `Check "guess:", replace "placeholder:". \`npm start -- --stack ${stack}\` brings it up on Local Heroku.`,
  ];
  return {
    stack,
    path,
    text: `${writeSettings([setting("config", settings([...local.settings, ...list]), ...head)])}${local.salt}`,
    dockerfile: facts.choice.dockerfile.path,
    todos,
  };
}

/** A name for a stack out of a folder's. */
function stackName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "");
  return name.slice(0, LONGEST_NAME).replace(/-+$/, "") || "app";
}

/** Beside this project a relative path survives a move of both; elsewhere it would be hard to read. */
function contextFrom(root: string, project: string): string {
  const path = relative(root, project).replaceAll("\\", "/");
  if (path === "") return ".";
  if (path.startsWith("../../..")) return project.replaceAll("\\", "/");
  return path.startsWith("..") ? path : `./${path}`;
}

/** A second stack would be a second app, with a database of its own. */
function refuseDeployed(root: string, context: string, dockerfile: string, stack: string): void {
  const defaults = treeOf(treeOf(readYaml(readFileSync(join(root, "Pulumi.yaml"), "utf8")).config).build).default;
  for (const name of readdirSync(root)) {
    const other = /^Pulumi\.([\w-]+)\.yaml$/.exec(name)?.[1];
    if (other === undefined) continue;
    const { config } = readYaml(readFileSync(join(root, name), "utf8"));
    const build = treeOf(treeOf(config)["skechwime:build"] ?? defaults);
    const folder = resolve(root, textOf(build.context) ?? ".");
    if (folder !== context || resolve(folder, textOf(build.dockerfile) ?? "Dockerfile") !== dockerfile) continue;
    throw new Refusal(
      `${context} is deployed already by ${name}; run npm start -- --stack ${other}, or copy that file to Pulumi.${stack}.yaml for another environment`,
    );
  }
}

/** How a stack reaches Local Heroku, and the salt of its public passphrase: as in the stack `local`. */
function localSettings(root: string): { settings: Setting[]; salt: string } {
  const text = readFileSync(join(root, "Pulumi.local.yaml"), "utf8");
  const salt = /^encryptionsalt: .+$/m.exec(text)?.[0] ?? "";
  const { config } = readYaml(text);
  const url = textOf(treeOf(config)["heroku:url"]) ?? "";
  return {
    salt: salt === "" ? "" : `# Belongs to the public passphrase of stacks on Local Heroku.\n${salt}\n`,
    settings: [
      setting("heroku:url", url, "Local Heroku, as in Pulumi.local.yaml."),
      setting("heroku:apiKey", "local-heroku"),
      setting("heroku:delays", settings([setting("postAppCreateDelay", 0)])),
      ...["apiUrl", "dataUrl", "registryUrl"].map((key) => setting(`heroku-native:${key}`, url)),
    ],
  };
}
