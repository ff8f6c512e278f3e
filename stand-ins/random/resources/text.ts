import { randomInt } from "node:crypto";
import type { CheckFailure } from "../../../provider/schema/check";
import type { Properties, ValuesOf } from "../../../provider/schema/definition";
import { atLeastFault } from "../../../provider/schema/faults";
import type { PropertyValue, PropertyValues } from "../../../provider/schema/property";

/** Inputs of RandomString and RandomPassword. A change of any makes a new text. */
export const textInputs = {
  length: {
    type: "integer",
    description: "Number of characters; at least the sum of minUpper, minLower, minNumeric and minSpecial.",
    replaces: true,
    fault: atLeastFault("length", 1),
  },
  keepers: {
    type: "stringMap",
    description: "Any values whose change is to make a new text.",
    optional: true,
    replaces: true,
  },
  lower: flag("Whether the text may have small letters; true when not given."),
  upper: flag("Whether the text may have capital letters; true when not given."),
  numeric: flag("Whether the text may have digits; true when not given."),
  number: flag("The same as numeric, under its former name."),
  special: flag("Whether the text may have special characters; true when not given."),
  minLower: atLeast("minLower", "small letters"),
  minUpper: atLeast("minUpper", "capital letters"),
  minNumeric: atLeast("minNumeric", "digits"),
  minSpecial: atLeast("minSpecial", "special characters"),
  overrideSpecial: {
    type: "string",
    description: "The special characters to choose from; !@#$%&*()-_=+[]{}<>:? when not given or empty.",
    optional: true,
    replaces: true,
  },
} as const satisfies Properties;

export type TextInputs = ValuesOf<typeof textInputs>;

function flag(description: string) {
  return { type: "boolean", description, optional: true, replaces: true } as const;
}

function atLeast(name: string, what: string) {
  const description = `How many ${what} the text has at least; 0 when not given.`;
  return { type: "integer", description, optional: true, replaces: true, fault: atLeastFault(name, 0) } as const;
}

const minima = ["minLower", "minUpper", "minNumeric", "minSpecial"] as const;

/** What inputs are taken for that are left out. */
const defaults = { lower: true, upper: true, special: true, minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 };

/** What the state holds of inputs: those left out by their defaults, and digits under both names. */
export function completed<I extends { numeric?: unknown; number?: unknown }>(inputs: I) {
  const numeric = inputs.numeric ?? inputs.number ?? true;
  return { ...defaults, numeric, number: numeric, ...inputs };
}

/** Faults of inputs that are right one by one. */
export function jointFaults(inputs: PropertyValues): CheckFailure[] {
  const { length, lower, upper, number, numeric, special, ...rest } = completed(inputs);
  const failures: CheckFailure[] = [];
  if (typeof number === "boolean" && typeof numeric === "boolean" && number !== numeric) {
    failures.push({
      property: "number",
      reason: `number and numeric must be equal, got ${number} and ${numeric}; leave number out`,
    });
  }
  const least = minima.reduce((sum, name) => sum + known(rest[name]), 0);
  if (typeof length === "number" && least > length) {
    failures.push({
      property: "length",
      reason: `length must be at least ${least}, the sum of ${minima.join(", ")}, got ${length}; raise it`,
    });
  }
  if ([lower, upper, numeric, special].every((one) => one === false)) {
    failures.push({
      property: "numeric",
      reason: "one of lower, upper, numeric and special must be true, got false for each; allow one of them",
    });
  }
  return failures;
}

const known = (value: PropertyValue | undefined) => (typeof value === "number" ? value : 0);

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** A text from the system's random numbers. */
export function randomText(inputs: TextInputs): string {
  const { length, lower, upper, numeric, special, minLower, minUpper, minNumeric, minSpecial } = completed(inputs);
  const specials = inputs.overrideSpecial || SPECIAL;
  const all = [lower && LOWER, upper && UPPER, numeric && DIGITS, special && specials].filter(Boolean).join("");
  const text = [
    ...pick(LOWER, minLower),
    ...pick(UPPER, minUpper),
    ...pick(DIGITS, minNumeric),
    ...pick(specials, minSpecial),
  ];
  text.push(...pick(all, length - text.length));
  return shuffled(text).join("");
}

function pick(alphabet: string, count: number): string[] {
  const characters = [...alphabet];
  return Array.from({ length: count }, () => characters[randomInt(characters.length)] ?? "");
}

function shuffled(characters: string[]): string[] {
  const rest = [...characters];
  return characters.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
