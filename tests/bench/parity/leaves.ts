/** Where the values of a resource or a preview's step are, and what they are. A mark follows what is secret. */
export type Leaves = ReadonlyMap<string, string>;

/** Lists with no order of their own. */
const UNORDERED = /(^|\.)(dependencies|propertyDependencies\.\w+)$/;

/** The leaves of a JSON value, with its texts put through `text`. */
export function leavesOf(value: unknown, text: (value: string) => string): Leaves {
  const leaves = new Map<string, string>();
  const walk = (path: string, part: unknown) => {
    const secret = plaintext(part);
    if (secret !== undefined) return walk(`${path} (secret)`, secret);
    if (typeof part !== "object" || part === null) return void leaves.set(path, text(JSON.stringify(part)));
    const list = Array.isArray(part) && UNORDERED.test(path) ? [...part].sort() : part;
    const entries = Object.entries(list);
    if (entries.length === 0) leaves.set(path, JSON.stringify(part));
    for (const [key, entry] of entries) walk(path === "" ? key : `${path}.${key}`, entry);
  };
  walk("", value);
  return leaves;
}

/** What `pulumi stack export --show-secrets` writes in place of a secret, opened. */
function plaintext(value: unknown): unknown {
  const { plaintext: text } = Object(value);
  return typeof text === "string" ? JSON.parse(text) : undefined;
}

/** The paths at which two values differ. */
export function differingPaths(one: Leaves, other: Leaves): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path)).sort();
}
