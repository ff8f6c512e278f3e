/** What no client means to send in a field. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  "",
  "\0",
  "x".repeat(5_000),
  [],
  [null],
  [[]],
  {},
  { id: 7 },
];

/** Bodies that are no JSON object. */
export const NO_OBJECTS: readonly string[] = ["{", "", "null", "7", '"text"', "[]", "[null]", "\0", "{}}", '{"a":1,}'];

/** Every body that is a good one but for one field: left out, of the wrong type, or out of all bounds. */
export function badBodies(good: unknown): unknown[] {
  if (Array.isArray(good)) {
    return good.flatMap((item, index) =>
      [...WRONG, ...badBodies(item)].map((bad) => [...good.slice(0, index), bad, ...good.slice(index + 1)]),
    );
  }
  if (typeof good !== "object" || good === null) return [];
  return Object.entries(good).flatMap(([name, value]) => [
    Object.fromEntries(Object.entries(good).filter(([other]) => other !== name)),
    ...[...WRONG, ...badBodies(value)].map((bad) => ({ ...good, [name]: bad })),
  ]);
}

/** A good body with a field more, which has the wrong type whatever it is. */
export function withBadField(good: object, names: readonly string[]): object[] {
  return names.flatMap((name) => [7, [], {}].map((bad) => ({ ...good, [name]: bad })));
}
