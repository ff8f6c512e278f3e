import { stream } from "./run.mjs";
import { say } from "./screen.mjs";
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
 * What a line says a resource is doing, e.g. `image-web creating (9s) [web 2/3] RUN make`.
 * @param {string} line
 */
const doing = (line) => /^[ +~-]+\S+:\S+ (\S+ \w+ing \(\d+s\) \S.*)/.exec(line)?.[1];

/**
 * Runs a Pulumi command in front of the user. A terminal is Pulumi's own, which rewrites a line for each resource. Elsewhere
 * it prints a line for each change of each resource: the telling ones are shown, and after a while without any that it goes on.
 * @param {string} pulumi path of the CLI
 * @param {string[]} args
 * @param {Parameters<typeof stream>[2]} options
 * @returns {Promise<number>} its exit code
 */
export async function streamPulumi(pulumi, args, options) {
  const [command = ""] = args;
  if (isVerbose()) {
    const env = { ...options?.env, HEROKU_NATIVE_VERBOSE: "true" };
    return await stream(pulumi, [...args, "--non-interactive"], { ...options, env });
  }
  const isForPrograms = args.some((arg) => /^(--json|-j|--help|-h)$/.test(arg));
  if (process.stdout.isTTY || isForPrograms || !long.includes(command)) return await stream(pulumi, args, options);
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
