import { outcome, say } from "../support/progress.mjs";
import { sources } from "../support/sources.mjs";
import { grid } from "../support/table.mjs";

/**
 * @typedef {import("../../tests/bench/parity.ts").Parity} Parity
 * @typedef {import("../support/table.mjs").Figure} Figure
 */

/** The program with the official providers and with the stand-ins: what its state, its previews and its requests are. */
export async function measure() {
  const { measureParity, previewRows } = sources("tests/bench/parity.ts");
  /** @type {Parity} */
  const parity = await measureParity();
  for (const [set, why] of parity.missing) outcome("left", `${set} providers`, why);
  say(`\n${previewTable(parity, previewRows(parity.lives))}`);
  if (parity.differences.length > 0) say(`\n${differenceTable(parity)}`);
  return figures(parity);
}

/**
 * A mark in a set's column says that its preview has the step. `!` stands after a change that replaces the resource.
 * @param {Parity} parity
 * @param {import("../../tests/bench/parity.ts").PreviewRow[]} rows
 */
function previewTable({ lives }, rows) {
  const sets = lives.map(({ set }) => set);
  const cells = rows.map((row) => {
    const marks = sets.map((set) => (row.sets.includes(set) ? "✔" : "–"));
    return [row.change, row.step, row.changes, ...marks];
  });
  return grid(["preview of", "step", "changes", ...sets], cells);
}

/** @param {Parity} parity */
const differenceTable = ({ differences }) =>
  grid(
    ["difference", "official", "stand-ins", "reason"],
    differences.map(({ where, official, standIns, reason }) => [where, official, standIns, reason ?? ""]),
  );

/**
 * Figures of the stand-ins beside those of the official providers, or of the only set that the machine has.
 * @param {Parity} parity
 * @returns {Figure[]}
 */
function figures({ lives, differences }) {
  const [yardstick, subject] = lives.length > 1 ? lives : [undefined, lives[0]];
  if (subject === undefined) throw new Error("neither set of providers is here");
  const beside = (
    /** @type {string} */ figure,
    /** @type {string} */ unit,
    /** @type {(life: Life) => number} */ of,
  ) => ({
    figure: `${subject.set}: ${figure}`,
    measured: of(subject),
    unit,
    ...(yardstick ? { yardstick: { value: of(yardstick), what: yardstick.set } } : {}),
  });
  return [
    beside("resources in the state", "resources", ({ resources }) => resources.length),
    ...[...subject.commands.keys()].flatMap((command) => [
      beside(`${command}: API requests`, "requests", ({ commands }) => sum(commands.get(command)?.requests)),
      beside(`${command}: releases`, "releases", ({ commands }) => commands.get(command)?.releases ?? 0),
    ]),
    ...(yardstick
      ? [
          {
            figure: "differences for which there is no reason",
            measured: differences.filter(({ reason }) => reason === undefined).length,
            unit: "differences",
            aim: { most: 0 },
          },
        ]
      : []),
  ];
}

/** @typedef {Parity["lives"][0]} Life */

/** @param {Map<string, number>} [requests] */
const sum = (requests) => [...(requests?.values() ?? [])].reduce((all, count) => all + count, 0);
