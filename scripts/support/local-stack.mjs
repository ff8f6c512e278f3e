import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { localHerokuUrl, parseLocalHerokuUrl } from "./local-heroku-url.mjs";
import { NotReady } from "./not-ready.mjs";
import { local, root } from "./paths.mjs";
import { isAlive } from "./processes.mjs";
import { engineEnvironment } from "./pulumi-home.mjs";
import { streamPulumi } from "./pulumi-output.mjs";
import { lastLines, run } from "./run.mjs";

/** The stack of the project's own app. */
export const ownStack = "local";

/** Opens nothing outside this machine: everything in these stacks belongs to Local Heroku. */
const passphrase = "local-heroku";

const backend = local("pulumi");

/**
 * The environment of every Pulumi command on a stack of Local Heroku: its state is a folder here, and nothing of a real
 * account (HEROKU_API_KEY and the like) reaches it.
 * @param {string} stack
 * @returns {NodeJS.ProcessEnv}
 */
export function stackEnvironment(stack) {
  mkdirSync(backend, { recursive: true });
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith("HEROKU_"));
  return {
    ...Object.fromEntries(ours),
    ...engineEnvironment(),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_STACK: stack,
  };
}

/** @param {...string} names */
const inBackend = (...names) => join(backend, ".pulumi", ...names);

/** Name of the project, which its configuration keys begin with. */
export const projectName = () => /^name:\s*(\S+)/m.exec(readFileSync(join(root, "Pulumi.yaml"), "utf8"))?.[1] ?? "";

/** @param {string} stack */
const stateFile = (stack) => inBackend("stacks", projectName(), `${stack}.json`);

/** @param {string} stack */
const stackFile = (stack) => join(root, `Pulumi.${stack}.yaml`);

/**
 * Whether a stack's file leads to a Local Heroku; another is for an account.
 * @param {string} stack
 */
export const isLocalStack = (stack) =>
  existsSync(stackFile(stack)) && /^\s+["']?heroku:url\b/m.test(readFileSync(stackFile(stack), "utf8"));

/**
 * Checks that a stack is one of Local Heroku's, before anything is done to it.
 * @param {string} stack
 */
export function requireLocalStack(stack) {
  const name = basename(stackFile(stack));
  if (!existsSync(stackFile(stack))) {
    throw new NotReady(
      `the stack ${stack} has no file ${name}; write one with: npm run init -- <folder> --stack ${stack}`,
    );
  }
  if (!isLocalStack(stack)) {
    throw new NotReady(`${name} is for an account, as it has no heroku:url; run: pulumi up --stack ${stack}`);
  }
  const { href } = localHerokuUrl();
  const own = parseLocalHerokuUrl(readFileSync(stackFile(stack), "utf8"), name).href;
  if (own !== href)
    throw new NotReady(`heroku:url in ${name} must be that of Pulumi.local.yaml, got ${own}; set it to ${href}`);
}

/** Names of the stacks that have something to destroy. */
export function stacksUp() {
  const folder = inBackend("stacks", projectName());
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return files.map((name) => name.slice(0, -".json".length)).filter(hasResources);
}

/**
 * The resources in a stack's state, the stack itself among them. Read from the file backend: a call of the CLI takes a second.
 * @param {string} stack
 * @returns {{ type: string, outputs?: Record<string, unknown> }[]}
 */
function resources(stack) {
  if (!existsSync(stateFile(stack))) return [];
  return JSON.parse(readFileSync(stateFile(stack), "utf8")).checkpoint?.latest?.resources ?? [];
}

/**
 * Whether a stack has something to destroy; one whose state is damaged may.
 * @param {string} stack
 */
export function hasResources(stack) {
  try {
    return resources(stack).length > 0;
  } catch {
    return true;
  }
}

/**
 * The outputs of a stack.
 * @param {string} stack
 */
export const stackOutputs = (stack) =>
  resources(stack).find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};

/** Forgets all stacks, for when what they described was removed. */
export const forgetStacks = () => rmSync(backend, { recursive: true, force: true });

/**
 * Whether a stack is locked by a Pulumi process of this machine that was killed.
 * @param {string} stack
 * @returns {boolean}
 */
function isLockedByTheDead(stack) {
  const folder = inBackend("locks", "organization", projectName(), stack);
  const locks = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return locks.some((name) => {
    const lock = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return lock.hostname === hostname() && !isAlive(lock.pid);
  });
}

/**
 * Runs a Pulumi command on a stack.
 * @param {string} pulumi path of the CLI
 * @param {string} stack
 * @param {string[]} args
 */
async function pulumiRun(pulumi, stack, args) {
  const result = await run(pulumi, [...args, "--non-interactive"], {
    cwd: root,
    env: stackEnvironment(stack),
    timeout: 60_000,
  });
  if (!result.ok) throw new NotReady(`pulumi ${args.join(" ")} failed:\n${lastLines(result.output)}`);
}

/**
 * Makes a stack usable: creates it when there is none, and takes away the lock of an update that was killed.
 * @param {string} pulumi path of the CLI
 * @param {string} stack
 */
export async function prepareStack(pulumi, stack) {
  if (!existsSync(stateFile(stack))) await pulumiRun(pulumi, stack, ["stack", "init", stack, "--no-select"]);
  else if (isLockedByTheDead(stack)) await pulumiRun(pulumi, stack, ["cancel", "--yes", "--stack", stack]);
}

/**
 * Runs a Pulumi command on a stack in front of the user.
 * @param {string} pulumi path of the CLI
 * @param {string} stack
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export const pulumiStream = (pulumi, stack, args) =>
  streamPulumi(pulumi, [...args, "--stack", stack], { cwd: root, env: stackEnvironment(stack) });
