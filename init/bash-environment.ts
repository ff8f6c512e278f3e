import { withoutRemarks } from "./entry-point";
import type { Facts } from "./facts";
import { databaseExports, exportLine } from "./shell-exports";
import { type Setting, setting } from "./stack-file";

const FILE = "/tmp/database.env";
const PART_NAMES: [RegExp, string][] = [
  [/_HOST(NAME)?$/, "HOST"],
  [/_PORT$/, "PORT"],
  [/_USER(NAME)?$/, "USER"],
  [/_PASS(WORD)?$/, "PASSWORD"],
  [/_(DB|NAME|DATABASE|DBNAME)$/, "NAME"],
];

/** The parts of the database's address that an entrypoint reads whatever the command: part to name. */
export function entryPointParts({ entryPoint }: Facts): Map<string, string> {
  const text = withoutRemarks(entryPoint.script?.text ?? "");
  // Inside of an `if` it is the project's choice, which is not taken here.
  const isUnconditional = /^(until|while|wait-for|\S*wait_for|nc)\b|set -[a-z]*u|nounset/m.test(text);
  const names = isUnconditional ? text.matchAll(/\$\{?((?:POSTGRES(?:QL)?|DB|SQL|PG|DATABASE)_[A-Z]+)\b/g) : [];
  const found = [...names].flatMap(([, name = ""]): [string, string][] =>
    PART_NAMES.flatMap(([pattern, part]): [string, string][] => (pattern.test(name) ? [[part, name]] : [])),
  );
  return new Map(found);
}

/**
 * Sets the parts of DATABASE_URL before an entrypoint written for bash begins: bash reads the file that BASH_ENV names, and
 * expands that name first. No command could, as the entrypoint runs before it.
 */
export function bashEnvironment(
  { entryPoint, databaseParts }: Pick<Facts, "entryPoint" | "databaseParts">,
  parts: ReadonlyMap<string, string>,
): Setting[] {
  const { script } = entryPoint;
  if (script === undefined || parts.size === 0 || !/^#!.*\bbash\b/.test(script.text)) return [];
  const all = [...databaseExports(parts), ...databaseExports(databaseParts)];
  const exports = [...new Map(all.map((one) => [one.name, one])).values()];
  const value = `$(echo '${exportLine(exports)}' > ${FILE}; echo ${FILE})`;
  const names = [...parts.values()].join(", ");
  return [
    setting("BASH_ENV", value, `guess: ${script.path} reads ${names}, which bash takes from DATABASE_URL by this.`),
  ];
}
