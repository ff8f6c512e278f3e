import yaml from "js-yaml";

/** Compose has tags of its own, `!reset` and `!override`; what they tag counts as it stands. */
const anyTag = ["scalar", "sequence", "mapping"].map(
  (kind) =>
    new yaml.Type("!", { kind: kind as "scalar" | "sequence" | "mapping", multi: true, construct: (data) => data }),
);
const schema = yaml.DEFAULT_SCHEMA.extend(anyTag);

/** A map of a parsed file. */
export type Tree = Readonly<Record<string, unknown>>;

/** The map at the top of a YAML file; empty for what is none or cannot be parsed, such as a template. */
export function readYaml(text: string): Tree {
  try {
    return treeOf(yaml.load(text, { schema }));
  } catch {
    return {};
  }
}

/** The map at the top of a JSON file, likewise. */
export function readJson(text: string): Tree {
  try {
    return treeOf(JSON.parse(text));
  } catch {
    return {};
  }
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const treeOf = (value: unknown): Tree => (isTree(value) ? value : {});

export const textOf = (value: unknown): string | undefined =>
  ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((item) => textOf(item) ?? []) : [];

/** A command written as text or as a list of words. */
export const wordsOf = (value: unknown): string | string[] | undefined =>
  Array.isArray(value) ? textsOf(value) : textOf(value);
