import { isTerminal, lastLine, paint, rewrite, say, shorten } from "./screen.mjs";
import { isVerbose } from "./verbose.mjs";

const titleWidth = 16;
const lineWidth = 120;
const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const frameTime = 100;

/** Milliseconds between two lines where no line can be rewritten. */
const patience = 20_000;

/** A line of progress: a mark, what it is about, what there is to say. @param {string} mark @param {string} title @param {string} text */
export const line = (mark, title, text) => `${mark} ${title.padEnd(titleWidth)} ${text}`;

/** Seconds gone by. @param {number} since a reading of `performance.now()` @param {number} [digits] */
export const elapsed = (since, digits = 0) => `${((performance.now() - since) / 1000).toFixed(digits)} s`;

/**
 * Shows that long work goes on: on a terminal in one line that is rewritten, elsewhere in a short line now and then. With
 * --verbose what its commands print does that.
 */
export class SignsOfLife {
  /** What is being done, and the last line that the command which does it has printed. */
  #note = "";
  #heard = "";
  #frame = 0;
  #since = performance.now();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @param {string} title
   * @param {number} [every] milliseconds between two lines where none can be rewritten
   */
  constructor(title, every = patience) {
    this.title = title;
    if (isVerbose()) return;
    if (isTerminal()) this.#draw();
    this.#timer = isTerminal() ? setInterval(() => this.#draw(), frameTime) : setInterval(() => this.#tell(), every);
  }

  /** @param {string} note what is being done from now on */
  note(note) {
    if (note === this.#note) return;
    if (isVerbose()) say(line("·", this.title, note));
    this.#note = note;
    this.#heard = "";
  }

  /** @param {string} output what a command prints */
  hear(output) {
    this.#heard = lastLine(output) ?? this.#heard;
    if (isVerbose()) process.stdout.write(output);
  }

  /** Something else was shown, so nobody need be told for a while. */
  postpone() {
    this.#timer?.refresh();
  }

  end() {
    clearInterval(this.#timer);
  }

  #draw() {
    const mark = frames[this.#frame++ % frames.length] ?? "";
    const said = [`(${elapsed(this.#since)})`, this.#note, this.#heard].filter(Boolean);
    rewrite(line(mark, this.title, said.join("  ")));
  }

  #tell() {
    const doing = [this.#note, this.#heard].filter(Boolean).join(": ");
    const text = `still working (${elapsed(this.#since)})${doing && `, ${doing}`}`;
    say(paint("dim", shorten(line("·", this.title, text), lineWidth)));
  }
}
