import { styleText } from "node:util";

/** @typedef {(note: string) => void} Report Says what a step is doing while it takes its time. */

const titleWidth = 16;

/**
 * @param {"green" | "red" | "yellow" | "dim"} style
 * @param {string} text
 */
const paint = (style, text) => (process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text);

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`);

/** @param {number} since a reading of `performance.now()` */
export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const marks = { done: paint("green", "✔"), failed: paint("red", "✘"), left: paint("yellow", "–") };

/**
 * One line of progress: a mark, what it is about, what came of it.
 * @param {keyof typeof marks} mark
 * @param {string} title
 * @param {string} detail
 * @param {number} [since]
 */
export const outcome = (mark, title, detail, since) =>
  say(
    `${marks[mark]} ${title.padEnd(titleWidth)} ${detail}${since === undefined ? "" : paint("dim", ` (${seconds(since)})`)}`,
  );

/**
 * Does one piece of work and shows its outcome with the time it took; notes appear as they come.
 * @template T
 * @param {string} title
 * @param {(report: Report) => Promise<T>} work
 * @param {(result: T) => string} describe
 * @returns {Promise<T>}
 */
export async function step(title, work, describe) {
  const since = performance.now();
  const result = await work((note) => say(paint("dim", `· ${title.padEnd(titleWidth)} ${note}`)));
  outcome("done", title, describe(result), since);
  return result;
}
