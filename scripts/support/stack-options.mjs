import { parseArgs } from "node:util";
import { NotReady } from "./not-ready.mjs";

/**
 * Takes the options of npm start and npm stop.
 * @param {string[]} args
 * @param {string} command as the user typed it
 * @returns {{ stack: string | undefined, verbose: string[] }} the stack, and what is left for `takeVerbose`
 */
export function stackOptions(args, command) {
  try {
    const { values } = parseArgs({ args, options: { stack: { type: "string" }, verbose: { type: "boolean" } } });
    if (values.stack !== "") return { stack: values.stack, verbose: values.verbose ? ["--verbose"] : [] };
  } catch {
    // What is wrong with the options, the usage tells.
  }
  throw new NotReady(
    `the options are --stack <name> and --verbose, got ${args.join(" ")}; run: npm ${command} -- --stack <name>`,
  );
}
