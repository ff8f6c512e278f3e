import { NotReady } from "./not-ready.mjs";

let chosen = false;

/** Whether the user wants to see everything that set-up's commands print. */
export const isVerbose = () => chosen;

/**
 * Takes the options of npm start, npm stop and npm test: there is one.
 * @param {string[]} options
 */
export function takeVerbose(options) {
  const unknown = options.find((option) => option !== "--verbose");
  if (unknown !== undefined) throw new NotReady(`the only option is --verbose, got ${unknown}; leave it out`);
  chosen = options.length > 0;
}
