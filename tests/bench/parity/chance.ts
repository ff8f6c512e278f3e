import type { StateResource } from "./life";

/** What is another each time: ids, times, the hash of a time, and names that Pulumi makes up. */
const CHANCE: readonly [RegExp, string][] = [
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "<id>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, "<time>"],
  [/\b(database|redis)-[\da-f]{7}\b/g, "$1-<hash>"],
];

/** Puts names in place of what is another in each life of a stack, of which some is random texts of its own. */
export function withoutChance(resources: readonly StateResource[]): (text: string) => string {
  const random = resources
    .filter(({ type }) => type.startsWith("random:"))
    .flatMap(({ urn, outputs = {} }) =>
      ["result", "bcryptHash"].flatMap((name) => {
        const value = opened(outputs[name]);
        return typeof value === "string" ? [[value, `<${urn.split("::").at(-1)} ${name}>`] as const] : [];
      }),
    );
  return (text) => {
    const named = random.reduce((rest, [value, name]) => rest.replaceAll(value, name), text);
    return CHANCE.reduce((rest, [pattern, name]) => rest.replace(pattern, name), named);
  };
}

function opened(value: unknown): unknown {
  const { plaintext } = Object(value);
  return typeof plaintext === "string" ? JSON.parse(plaintext) : value;
}
