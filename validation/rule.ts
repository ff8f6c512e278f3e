/** Types that rules check, by their names in Pulumi's schemas. */
interface RuleTypes {
  string: string;
  integer: number;
  boolean: boolean;
}
export type RuleType = keyof RuleTypes;
export type ValueOf<T extends RuleType> = RuleTypes[T];

/**
 * Takes a value as the user wrote it and returns what is wrong with it, if anything. The reason completes a sentence
 * that begins with the name of the key or argument.
 */
export interface Rule<T extends RuleType = RuleType> {
  (value: unknown): string | undefined;
  readonly type: T;
  /** What a legal value is: `a whole number from 0 to 23`. */
  readonly what: string;
}

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** `must be <what>, got <value>; <fix>`: the wording of almost every issue. */
export const mustBe = (what: string, value: unknown, fix: string): string =>
  `must be ${what}, got ${show(value)}; ${fix}`;

function isOfType<T extends RuleType>(type: T, value: unknown): value is ValueOf<T> {
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

export function rule<T extends RuleType>(
  type: T,
  what: string,
  isLegal: (value: ValueOf<T>) => boolean,
  reason: (value: unknown) => string,
): Rule<T> {
  const check = (value: unknown) => (isOfType(type, value) && isLegal(value) ? undefined : reason(value));
  return Object.assign(check, { type, what });
}

/** The known name with the fewest edits, to suggest what was meant. */
export function nearest(value: string, known: readonly string[]): string | undefined {
  const scored = known.map((name) => ({ name, distance: editDistance(value.toLowerCase(), name) }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(2, Math.floor(value.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitute));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

export function oneOf(what: string, known: readonly string[], normalise = (value: string) => value): Rule<"string"> {
  return rule(
    "string",
    what,
    (value) => known.includes(normalise(value)),
    (value) => {
      const meant = typeof value === "string" ? nearest(value, known) : undefined;
      const all = `allowed values are ${known.join(", ")}`;
      return mustBe(what, value, meant ? `did you mean "${meant}"? ${all}` : all);
    },
  );
}

/** `a whole number from 0 to 100`; `noun` takes the place of "number". */
export function wholeNumber(from: number, to: number, fix: string, noun = "number"): Rule<"integer"> {
  const what = `a whole ${noun} from ${from} to ${to}`;
  return rule(
    "integer",
    what,
    (value) => value >= from && value <= to,
    (value) => mustBe(what, value, fix),
  );
}

export const matching = (what: string, pattern: RegExp, fix: string): Rule<"string"> =>
  rule(
    "string",
    what,
    (value) => pattern.test(value),
    (value) => mustBe(what, value, fix),
  );

/** Does not show the value, which may contain a password. */
export const hidden = (what: string, pattern: RegExp, fix: string): Rule<"string"> =>
  rule(
    "string",
    what,
    (value) => pattern.test(value),
    () => `must be ${what}; ${fix}`,
  );
