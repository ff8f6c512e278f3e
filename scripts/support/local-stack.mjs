import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { NotReady } from "./not-ready.mjs";
import { local, root } from "./paths.mjs";
import { isAlive } from "./processes.mjs";
import { engineEnvironment } from "./pulumi-home.mjs";
import { streamPulumi } from "./pulumi-output.mjs";
import { lastLines, run } from "./run.mjs";

export const stack = "local";

/** Opens nothing outside this machine: everything in the stack `local` belongs to Local Heroku. */
const passphrase = "local-heroku";

const backend = local("pulumi");

/**
 * The environment of every Pulumi command on the stack `local`: its state is a folder here, and nothing of a real account
 * (HEROKU_API_KEY and the like) reaches it.
 * @returns {NodeJS.ProcessEnv}
 */
export function stackEnvironment() {
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
const stateFile = () => inBackend("stacks", projectName(), `${stack}.json`);

/**
 * The resources in the stack's state, the stack itself among them. Read from the file backend: a call of the CLI takes a second.
 * @returns {{ type: string, outputs?: Record<string, unknown> }[]}
 */
function resources() {
  if (!existsSync(stateFile())) return [];
  return JSON.parse(readFileSync(stateFile(), "utf8")).checkpoint?.latest?.resources ?? [];
}

/** Whether the stack has something to destroy; one whose state is damaged may. */
export function hasResources() {
  try {
    return resources().length > 0;
  } catch {
    return true;
  }
}

/** The outputs of the stack. */
export const stackOutputs = () => resources().find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};

/** Forgets the stack, for when what it described is gone. */
export const forgetStack = () => rmSync(backend, { recursive: true, force: true });

/**
 * Locks of Pulumi processes of this machine that were killed.
 * @returns {boolean}
 */
function isLockedByTheDead() {
  const folder = inBackend("locks", "organization", projectName(), stack);
  const locks = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return locks.some((name) => {
    const lock = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return lock.hostname === hostname() && !isAlive(lock.pid);
  });
}

/**
 * Runs a Pulumi command on the stack `local`.
 * @param {string} pulumi path of the CLI
 * @param {string[]} args
 */
async function pulumiRun(pulumi, args) {
  const result = await run(pulumi, [...args, "--non-interactive"], {
    cwd: root,
    env: stackEnvironment(),
    timeout: 60_000,
  });
  if (!result.ok) throw new NotReady(`pulumi ${args.join(" ")} failed:\n${lastLines(result.output)}`);
}

/**
 * Makes the stack usable: creates it when there is none, and takes away the lock of an update that was killed.
 * @param {string} pulumi path of the CLI
 */
export async function prepareStack(pulumi) {
  if (!existsSync(stateFile())) await pulumiRun(pulumi, ["stack", "init", stack, "--no-select"]);
  else if (isLockedByTheDead()) await pulumiRun(pulumi, ["cancel", "--yes", "--stack", stack]);
}

/**
 * Runs a Pulumi command on the stack `local` in front of the user.
 * @param {string} pulumi path of the CLI
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export const pulumiStream = (pulumi, args) => streamPulumi(pulumi, args, { cwd: root, env: stackEnvironment() });
