import { AsyncLocalStorage } from "node:async_hooks";
import { erase, paint, say } from "./screen.mjs";
import { elapsed, line, SignsOfLife } from "./signs-of-life.mjs";
import { isVerbose } from "./verbose.mjs";

export { say };

/**
 * Says what a step is doing while it takes its time, or what the user should know of when it is over: that note stays.
 * @typedef {(note: string, options?: { stays: boolean }) => void} Report
 */

const marks = { done: paint("green", "✔"), failed: paint("red", "✘"), left: paint("yellow", "–") };

/**
 * One line of progress: a mark, what it is about, what came of it.
 * @param {keyof typeof marks} mark
 * @param {string} title
 * @param {string} detail
 * @param {number} [since]
 */
export const outcome = (mark, title, detail, since) =>
  say(line(marks[mark], title, `${detail}${since === undefined ? "" : paint("dim", ` (${elapsed(since, 1)})`)}`));

/** A step that runs: what it shows, and the output of its last command when that failed. */
class Step {
  failure = "";

  /** @param {SignsOfLife} signs */
  constructor(signs) {
    this.signs = signs;
  }

  /** @param {string} output what a long command prints */
  hear(output) {
    this.signs.hear(output);
  }

  /** @param {{ ok: boolean, output: string }} result of a long command */
  ended({ ok, output }) {
    this.failure = ok ? "" : output;
  }
}

const steps = /** @type {AsyncLocalStorage<Step>} */ (new AsyncLocalStorage());

/** The step that calls; `run` lets it hear what its commands print. */
export const currentStep = () => steps.getStore();

/**
 * Does one piece of work and shows its outcome in one line, with the time it took. While it lasts it is shown that it goes on;
 * what its commands print is shown when one fails, or with --verbose.
 * @template T
 * @param {string} title
 * @param {(report: Report) => Promise<T>} work
 * @param {(result: T) => string} describe
 * @param {{ every?: number }} [options] milliseconds between two signs of life
 * @returns {Promise<T>}
 */
export async function step(title, work, describe, { every } = {}) {
  const since = performance.now();
  const signs = new SignsOfLife(title, every);
  const current = new Step(signs);
  /** @type {Report} */
  const report = (note, { stays } = { stays: false }) => (stays ? outcome("left", title, note) : signs.note(note));
  try {
    const result = await steps.run(current, () => work(report));
    outcome("done", title, describe(result), since);
    return result;
  } catch (error) {
    if (current.failure !== "" && !isVerbose()) say(paint("dim", current.failure));
    throw error;
  } finally {
    signs.end();
    erase();
  }
}
