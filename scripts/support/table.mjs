/**
 * One measured figure beside what it is held against.
 * @typedef {object} Figure
 * @property {string} figure what was measured
 * @property {number} measured
 * @property {string} unit of the measured value and the yardstick: "s", "MB", "requests"
 * @property {{ value: number, what: string }} [yardstick] measured in the same run
 * @property {{ ratio: number } | { most: number } | { least: number }} [aim] bound on measured over yardstick, or on the measured value
 */

/** Three figures are as exact as a measurement is. @param {number} value */
const short = (value) => (Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(3))}`);

/** None beside a yardstick of 0. @param {Figure} figure */
const ratioOf = ({ measured, yardstick }) => (yardstick?.value ? measured / yardstick.value : undefined);

/**
 * @param {Figure} figure
 * @returns {boolean | undefined} whether the aim is met, if there is one
 */
export function isMet(figure) {
  const { aim, measured } = figure;
  if (!aim) return undefined;
  if ("ratio" in aim) return (ratioOf(figure) ?? Number.POSITIVE_INFINITY) <= aim.ratio;
  return "most" in aim ? measured <= aim.most : measured >= aim.least;
}

/** @param {Figure} figure */
function aimText(figure) {
  const { aim, unit } = figure;
  if (!aim) return "";
  const bound =
    "ratio" in aim ? `ratio ≤ ${aim.ratio}` : "most" in aim ? `≤ ${aim.most} ${unit}` : `≥ ${aim.least} ${unit}`;
  return `${isMet(figure) ? "✔" : "✘"} ${bound}`;
}

/** @param {Figure} figure */
function cells(figure) {
  const { measured, unit, yardstick } = figure;
  const ratio = ratioOf(figure);
  return [
    figure.figure,
    `${short(measured)} ${unit}`,
    yardstick ? `${short(yardstick.value)} ${unit}, ${yardstick.what}` : "",
    ratio === undefined ? "" : ratio.toFixed(2),
    aimText(figure),
  ];
}

/**
 * Lays cells out as a table, which Markdown takes too.
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function grid(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const [title, ...lines] = all.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  return [title, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...lines].join("\n");
}

/** @param {Figure[]} figures */
export const table = (figures) => grid(["figure", "measured", "yardstick", "ratio", "aim"], figures.map(cells));
