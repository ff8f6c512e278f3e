import { stream } from "./run.mjs";
import { isTerminal, say } from "./screen.mjs";
import { SignsOfLife } from "./signs-of-life.mjs";
import { isVerbose } from "./verbose.mjs";

/** Commands that make or remove things, and take their time. */
const long = ["up", "update", "destroy", "down", "refresh"];

/**
 * Whether a line of an update says something in a log: neither that time passes nor how far Docker is with each layer.
 * @param {string} line
 */
export const isTelling = (line) => !/^@ |docker:index:Image \S+ \w+ing \(\d+s\) .|^\(Reading database/.test(line);

/**
 * What a line says a resource is doing, e.g. `image-web: [web 2/3] RUN make`.
 * @param {string} line
 */
export function doing(line) {
  const [, name, message] = /^[ +~-]+\S+:\S+ (\S+) \w+ing \(\d+s\) (?:\[diff: [^\]]*\]; )?(\S.*)/.exec(line) ?? [];
  return message && `${name}: ${message.trim()}`;
}

/** Pulumi rewrites a line for each resource where it can be typed as well. */
const isInteractive = () => isTerminal() && process.stdin.isTTY === true;

/**
 * Runs a Pulumi command in front of the user. A terminal is Pulumi's own, which shows all resources there. Elsewhere it prints
 * a line for each change of each resource: the telling ones are shown, and after a while without any that it goes on.
 * @param {string} pulumi path of the CLI
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code
 */
export async function streamPulumi(pulumi, args, options) {
  const [command = ""] = args;
  if (isVerbose()) {
    const env = { ...options.env, HEROKU_NATIVE_VERBOSE: "true" };
    return await stream(pulumi, [...args, "--non-interactive"], { ...options, env });
  }
  const isForPrograms = args.some((arg) => /^(--json|-j|--help|-h)$/.test(arg));
  if (isInteractive() || isForPrograms || !long.includes(command)) return await stream(pulumi, args, options);
  const signs = new SignsOfLife(`pulumi ${command}`);
  const onLine = (/** @type {string} */ line) => {
    const note = doing(line);
    if (note !== undefined) signs.note(note);
    if (!isTelling(line)) return;
    say(line);
    signs.postpone();
  };
  const code = await stream(pulumi, args, { ...options, onLine });
  signs.end();
  return code;
}
