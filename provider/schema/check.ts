import type { Properties, Property } from "./definition";
import { isUnknown, type PropertyValue, type PropertyValues } from "./property";

/** A fault of one input, at its property path. */
export interface CheckFailure {
  property: string;
  reason: string;
}

export interface CheckResult {
  /** The inputs with defaults filled in. */
  inputs: PropertyValues;
  /** Every fault there is, not just the first. */
  failures: CheckFailure[];
}

const kinds = {
  string: "a string",
  integer: "a whole number",
  boolean: "true or false",
  stringList: "a list of strings",
  stringMap: "an object of strings",
  object: "an object",
  objectMap: "an object of objects",
} as const satisfies Record<Property["type"], string>;

/** Checks a program's inputs against their definition. Values that are not known yet pass. */
export function checkInputs(properties: Properties, given: PropertyValues): CheckResult {
  const failures: CheckFailure[] = [];
  const inputs: PropertyValues = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = given[name] ?? property.default ?? null;
    if (value !== null) {
      inputs[name] = value;
      failures.push(...faultsOf(name, property, value));
    } else if (!property.optional) {
      failures.push({ property: name, reason: `${name} is missing, got nothing; give ${kindOf(property)}` });
    }
  }
  const inputNames = Object.keys(properties);
  for (const name of Object.keys(given)) {
    // "__defaults" and "version" are the engine's own.
    if (inputNames.includes(name) || name.startsWith("__") || name === "version") continue;
    failures.push({ property: name, reason: `unknown input, got "${name}"; known are ${inputNames.join(", ")}` });
  }
  return { inputs, failures };
}

function faultsOf(name: string, property: Property, value: PropertyValue): CheckFailure[] {
  if (isUnknown(value)) return [];
  if (property.type === "stringMap" && isObject(value)) return mapFaults(name, property, value);
  if (property.type === "object" && isObject(value)) return within(name, checkInputs(property.properties, value));
  if (property.type === "objectMap" && isObject(value)) return objectMapFaults(name, property, value);
  const wrongType = `${name} must be ${kindOf(property)}, got ${shown(property, value)}`;
  const reason = faultOf(property, value, wrongType);
  return reason ? [{ property: name, reason }] : [];
}

function faultOf(property: Property, value: PropertyValue, wrongType: string): string | undefined {
  switch (property.type) {
    case "string":
      if (typeof value !== "string" || property.values?.includes(value) === false) return wrongType;
      return property.fault?.(value);
    case "integer":
      return typeof value === "number" && Number.isSafeInteger(value) ? property.fault?.(value) : wrongType;
    case "boolean":
      return typeof value === "boolean" ? property.fault?.(value) : wrongType;
    case "stringList":
      if (!Array.isArray(value)) return wrongType;
      if (value.every((item) => typeof item === "string")) return property.fault?.(value);
      return value.every((item) => typeof item === "string" || isUnknown(item)) ? undefined : wrongType;
    case "stringMap":
    case "object":
    case "objectMap":
      return wrongType;
  }
}

/** Faults of a nested object, at paths from the outermost one. */
const within = (path: string, { failures }: CheckResult): CheckFailure[] =>
  failures.map(({ property, reason }) => ({ property: `${path}.${property}`, reason }));

function objectMapFaults(
  name: string,
  property: Extract<Property, { type: "objectMap" }>,
  entries: PropertyValues,
): CheckFailure[] {
  return Object.entries(entries).flatMap(([key, value]) => {
    const path = entryPath(name, key);
    if (isUnknown(value)) return [];
    if (!isObject(value)) {
      return [{ property: path, reason: `${name} of "${key}" must be an object, got ${shown(property, value)}` }];
    }
    const reason = property.entryFault?.(key, undefined);
    return [...(reason ? [{ property: path, reason }] : []), ...within(path, checkInputs(property.properties, value))];
  });
}

function mapFaults(
  name: string,
  property: Extract<Property, { type: "stringMap" }>,
  entries: PropertyValues,
): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [key, value] of Object.entries(entries)) {
    const path = entryPath(name, key);
    const wrongType = `${name} of "${key}" must be a string, got ${shown(property, value)}`;
    // A key can be judged before its value is known.
    const text = typeof value === "string" ? value : undefined;
    const reason = text === undefined && !isUnknown(value) ? wrongType : property.entryFault?.(key, text);
    if (reason) failures.push({ property: path, reason });
  }
  const reason = property.fault?.(Object.keys(entries));
  if (reason) failures.push({ property: name, reason });
  return failures;
}

/** Property path of a map's entry, as the engine writes it. */
export function entryPath(name: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${name}.${key}` : `${name}[${JSON.stringify(key)}]`;
}

export function isObject(value: PropertyValue | undefined): value is PropertyValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(property: Property): string {
  if (!property.values) return kinds[property.type];
  return `one of ${property.values.map((value) => JSON.stringify(value)).join(", ")}`;
}

function shown(property: Property, value: PropertyValue): string {
  return holdsSecret(property) ? "a secret of another type" : JSON.stringify(value);
}

function holdsSecret(property: Property): boolean {
  if (property.secret) return true;
  return property.type === "object" && Object.values(property.properties).some(holdsSecret);
}
