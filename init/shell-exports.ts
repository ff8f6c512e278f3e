/** Variables that a command sets for itself before it runs: what the app reads, from what Heroku gives. */
export interface ShellExport {
  name: string;
  value: string;
}

/** A parameter of the shell, with what is cut off it. */
const expand = (parameter: string): string => `$\{${parameter}}`;

/** The parts of DATABASE_URL, from what {@link TAKE_APART} leaves in single letters. */
const PARTS = new Map([
  ["USER", expand("c%%:*")],
  ["PASSWORD", expand("c#*:")],
  ["HOST", expand("h%%[:/]*")],
  ["PORT", expand("p%%/*")],
  ["NAME", expand("n%%\\?*")],
]);
const TAKE_APART = [
  `u=${expand("DATABASE_URL#*://")}`,
  `c=${expand("u%@*")}`,
  `h=${expand("u##*@")}`,
  `p=${expand("h#*:")}`,
  `n=${expand("h#*/")};`,
].join("; ");

/** The exports that give each part of DATABASE_URL to the variable that the app reads it from. */
export const databaseExports = (parts: ReadonlyMap<string, string>): ShellExport[] =>
  [...PARTS].flatMap(([part, value]) => {
    const name = parts.get(part);
    return name === undefined ? [] : [{ name, value }];
  });

/** A line that sets variables. Everything in it is POSIX, so any shell of an image takes it. */
export function exportLine(exports: readonly ShellExport[]): string {
  const needsParts = exports.some(({ value }) => [...PARTS.values()].includes(value));
  const assignments = exports.map(({ name, value }) => `${name}=${/[$?&]/.test(value) ? `"${value}"` : value}`);
  return `${needsParts ? `${TAKE_APART} ` : ""}export ${assignments.join(" ")}`;
}

/** A command that sets variables first. */
export const withExports = (line: string, exports: readonly ShellExport[], isSimple: boolean): string =>
  exports.length === 0 ? line : `${exportLine(exports)}; ${isSimple ? "exec " : ""}${line}`;
