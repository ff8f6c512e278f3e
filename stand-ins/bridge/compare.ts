import type { Comparison } from "../../provider/resources/resource";
import { isObject } from "../../provider/schema/check";
import type { Properties, Property, ResourceDefinition } from "../../provider/schema/definition";
import type { Change, ChangeKind } from "../../provider/schema/diff";
import { isUnknown, type PropertyValue, type PropertyValues, sameValue } from "../../provider/schema/property";
import { defaultsKey } from "./defaults";

type Value = PropertyValue | undefined;

/** Compares as Terraform does: with the state. What the program leaves out and the server chooses is no change. */
export function compareWithState(
  definition: ResourceDefinition,
  forms: object,
  state: PropertyValues,
  inputs: PropertyValues,
): Comparison {
  const formOf = new Map<string, (value: string) => string>(Object.entries(forms));
  const changes = Object.entries(definition.inputs).flatMap(([name, property]) => {
    const given = known(inputs[name]);
    const now = typeof given === "string" ? (formOf.get(name)?.(given) ?? given) : given;
    if (now === undefined && name in definition.outputs) return [];
    return changesOf(name, property, known(state[name]), now, property.replaces === true);
  });
  return { changes, deleteBeforeReplace: isNamed(definition, inputs) };
}

/** A name that the program gave is taken as long as the old resource has it. */
function isNamed(definition: ResourceDefinition, inputs: PropertyValues): boolean {
  const defaults = inputs[defaultsKey];
  return definition.inputs.name !== undefined && Array.isArray(defaults) && !defaults.includes("name");
}

function changesOf(path: string, property: Property, old: Value, now: Value, replaces: boolean): Change[] {
  if (sameValue(old, now)) return [];
  switch (property.type) {
    case "stringMap":
      return isUnknown(now) || Object.values(isObject(now) ? now : {}).some(isUnknown)
        ? [change(path, kindOf(old, now), replaces)]
        : collectionChanges(path, entriesOf(old), entriesOf(now), replaces, mapPath);
    case "stringList":
      return isUnknown(now)
        ? [change(path, kindOf(old, now), replaces)]
        : collectionChanges(path, entriesOf(old), entriesOf(now), replaces, (list, index) => `${list}[${index}]`);
    case "object":
      return isUnknown(now)
        ? [change(path, kindOf(old, now), replaces)]
        : objectChanges(path, property.properties, old, now);
    default:
      return [change(path, kindOf(old, now), replaces)];
  }
}

/** Each entry that changed, and the whole when it has got more or fewer of them. */
function collectionChanges(
  path: string,
  old: Map<string, Value>,
  now: Map<string, Value>,
  replaces: boolean,
  entryPath: (path: string, key: string) => string,
): Change[] {
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const changed = keys.filter((key) => !sameValue(old.get(key), now.get(key)));
  const entries = changed.map((key) => change(entryPath(path, key), kindOf(old.get(key), now.get(key)), replaces));
  return old.size === now.size ? entries : [change(path, "update", false), ...entries];
}

/** To Terraform, an object is a list of at most one. */
function objectChanges(path: string, properties: Properties, old: Value, now: Value): Change[] {
  const before: PropertyValues = isObject(old) ? old : {};
  const after: PropertyValues = isObject(now) ? now : {};
  const parts = Object.entries(properties).flatMap(([name, property]) => {
    const was = known(before[name]);
    const is = known(after[name]);
    // What is optional within an object is chosen by the server.
    if (is === undefined && property.optional) return [];
    return changesOf(`${path}.${name}`, property, was, is, property.replaces === true);
  });
  return isObject(old) === isObject(now) ? parts : [change(path, "update", false), ...parts];
}

function entriesOf(value: Value): Map<string, Value> {
  return new Map<string, Value>(Array.isArray(value) || isObject(value) ? Object.entries(value) : []);
}

function mapPath(path: string, key: string): string {
  return /[."[\]]/.test(key) ? `${path}.["${key.replaceAll('"', '\\"')}"]` : `${path}.${key}`;
}

function change(path: string, kind: ChangeKind, replaces: boolean): Change {
  return { path, kind, replaces, ofState: true };
}

function kindOf(old: Value, now: Value): ChangeKind {
  if (old === undefined) return "add";
  return now === undefined ? "delete" : "update";
}

/** To Terraform, an empty text, map or list is none. */
function known(value: Value): Value {
  if (value === null || value === "") return undefined;
  return Array.isArray(value) && value.length === 0 ? undefined : emptyMap(value) ? undefined : value;
}

const emptyMap = (value: Value) => isObject(value) && Object.keys(value).length === 0;
