import { stream } from "./run.mjs";
import { isTerminal, say } from "./screen.mjs";
import { SignsOfLife } from "./signs-of-life.mjs";
import { isVerbose } from "./verbose.mjs";

/** Commands that make or remove things, and take their time. */
const long = ["up", "update", "destroy", "down", "refresh"];

/** Lines that say nothing in a log: that time passes, how far Docker is with each layer, what its package manager prints. */
const noise = /^@ |docker:index:Image \S+ \w+ing \(\d+s\) .|^\(Reading database/;

/**
 * What a line says a resource is doing: type and name, e.g. `docker:index:Image image-web`, and message, e.g. `pushing`.
 * @param {string} line
 */
export function underWay(line) {
  const [, resource, doing, message] =
    /^\W*(\S+:\S+ \S+) (\w+ing) \(\d+s\)(?:\[retain\])?(?: \[diff: [^\]]*\];?)? *(.*)$/.exec(line) ?? [];
  return resource === undefined ? undefined : { resource, doing, message: message?.trim() };
}

/** Chooses the lines of an update that say something new in a log. */
export class UpdateLines {
  /** What each resource was said to be doing last. */
  #last = /** @type {Map<string, string>} */ (new Map());

  /**
   * Whether to show a line. Not that a resource begins, as it says when it is done; nor again that it waits for the same thing.
   * @param {string} line
   */
  isNews(line) {
    if (noise.test(line)) return false;
    const current = underWay(line);
    if (current === undefined) return true;
    const message = current.message?.replace(/ \(\d+ s\)$/, "") ?? "";
    if (message === "" || message === this.#last.get(current.resource)) return false;
    this.#last.set(current.resource, message);
    return true;
  }
}

/**
 * The same in few words: `image-web: pushing`.
 * @param {string} line
 */
export function inShort(line) {
  const current = underWay(line);
  const name = current?.resource.split(" ")[1];
  // Docker's bars tell as much as the figures behind them.
  return current && `${name}: ${current.message?.replace(/\[=*>? *\] */, "") || current.doing}`;
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
  const lines = new UpdateLines();
  const onLine = (/** @type {string} */ line) => {
    const note = inShort(line);
    if (note !== undefined) signs.note(note);
    if (!lines.isNews(line)) return;
    if (note === undefined) signs.note("");
    say(line);
    signs.postpone();
  };
  const code = await stream(pulumi, args, { ...options, onLine });
  signs.end();
  return code;
}
