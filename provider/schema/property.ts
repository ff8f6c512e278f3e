/** Stands for a value that a preview does not know yet. */
export const notKnownYet: unique symbol = Symbol("not known yet");

export type PropertyValue =
  | string
  | number
  | boolean
  | null
  | typeof notKnownYet
  | PropertyValue[]
  | { [key: string]: PropertyValue };

export type PropertyValues = Record<string, PropertyValue>;

export function isUnknown(value: unknown): value is typeof notKnownYet {
  return value === notKnownYet;
}

/** Equality of plain values; what is not known yet equals nothing. */
export function sameValue(left: PropertyValue | undefined, right: PropertyValue | undefined): boolean {
  if (isUnknown(left) || isUnknown(right)) return false;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const leftEntries = Object.entries(left);
  const rightValues = new Map(Object.entries(right));
  return (
    Array.isArray(left) === Array.isArray(right) &&
    leftEntries.length === rightValues.size &&
    leftEntries.every(([key, value]) => rightValues.has(key) && sameValue(value, rightValues.get(key)))
  );
}
