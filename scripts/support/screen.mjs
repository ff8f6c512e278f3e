import { stripVTControlCharacters, styleText } from "node:util";

/** Whether lines can be rewritten where we print. */
export const isTerminal = () => process.stdout.isTTY === true && process.env.TERM !== "dumb";

/**
 * @param {"green" | "red" | "yellow" | "dim"} style
 * @param {string} text
 */
export const paint = (style, text) => (process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text);

/** Whether a line stands on the terminal that is going to be rewritten. */
let isRewriting = false;
process.on("exit", erase);
// Whoever read what we print is gone, as with `| head`; that ends no update halfway.
process.stdout.on("error", (error) => {
  if (!("code" in error && error.code === "EPIPE")) throw error;
});

/** Takes the rewritten line away, so that something else can be printed. */
export function erase() {
  if (isRewriting) process.stdout.write("\r\u001b[K");
  isRewriting = false;
}

/** @param {string} text */
export function say(text) {
  erase();
  process.stdout.write(`${text}\n`);
}

/**
 * Shows a line that the next one replaces. Only for terminals.
 * @param {string} text
 */
export function rewrite(text) {
  erase();
  process.stdout.write(paint("dim", shorten(text, (process.stdout.columns || 80) - 1)));
  isRewriting = true;
}

/**
 * Leaves out the end of a text that is too long.
 * @param {string} text
 * @param {number} length
 */
export const shorten = (text, length) => (text.length > length ? `${text.slice(0, Math.max(length - 1, 0))}…` : text);

/**
 * The last line of what a program prints, without colours; of a line that it rewrites, what it shows last.
 * @param {string} output
 */
export const lastLine = (output) =>
  stripVTControlCharacters(output)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1);
