import { entryPath, isObject } from "./check";
import type { Property, ResourceDefinition } from "./definition";
import { type PropertyValue, type PropertyValues, sameValue } from "./property";

/** `drift` is a change of an output: what is there is not what was deployed. */
export type ChangeKind = "add" | "delete" | "update" | "drift";

/** A change of one input, at its property path. */
export interface Change {
  path: string;
  kind: ChangeKind;
  /** The change takes a new resource. */
  replaces: boolean;
  /** What it was before is taken from the state, not from the former inputs. */
  ofState?: true;
}

/** Compares the inputs of the last deployment with a program's. `state` holds what came of the former. */
export function diffInputs(
  definition: ResourceDefinition,
  state: PropertyValues,
  before: PropertyValues,
  after: PropertyValues,
): Change[] {
  return Object.entries(definition.inputs).flatMap(([name, property]) => {
    // A state from before the input existed was deployed with its default.
    const old = before[name] ?? property.default;
    const now = after[name] ?? undefined;
    if (property.synonyms?.some((synonym) => now !== undefined && sameValue(state[synonym], now))) return [];
    return changesOf(name, property, old, now);
  });
}

function changesOf(
  path: string,
  property: Property,
  old: PropertyValue | undefined,
  now: PropertyValue | undefined,
): Change[] {
  if (property.remark || sameValue(old, now)) return [];
  const replaces = property.replaces === true;
  if (!isObject(old) || !isObject(now)) return [{ path, kind: kindOf(old, now), replaces }];
  if (property.type === "objectMap") {
    const entry: Property = {
      type: "object",
      description: "",
      properties: property.properties,
      ...(replaces && { replaces }),
    };
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => changesOf(entryPath(path, key), entry, old[key], now[key]));
  }
  if (property.type === "object") {
    return Object.entries(property.properties).flatMap(([key, nested]) =>
      changesOf(entryPath(path, key), nested, old[key] ?? undefined, now[key] ?? undefined),
    );
  }
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => !sameValue(old[key], now[key]))
    .map((key) => ({ path: entryPath(path, key), kind: kindOf(old[key], now[key]), replaces }));
}

function kindOf(old: PropertyValue | undefined, now: PropertyValue | undefined): ChangeKind {
  if (old === undefined) return "add";
  return now === undefined ? "delete" : "update";
}
