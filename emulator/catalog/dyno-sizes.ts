import { derivedId } from "../ids";

/** A dyno size as Heroku sells it. */
export interface DynoSize {
  readonly id: string;
  /** Canonical name; input is matched case-insensitively. */
  readonly name: string;
  readonly memoryMb: number;
  /** CPU share, 1 for an ordinary dyno. */
  readonly compute: number;
  /** The most processes and threads at once. */
  readonly processes: number;
  readonly dedicated: boolean;
  /** US cents a month. */
  readonly cents: number;
}

/**
 * Memory and CPU: Dev Center "Dyno Types", 2024-06. Prices: the table in Heroku's CLI, 2026-08. Processes:
 * https://devcenter.heroku.com/articles/dynos#process-thread-limits; those of the three largest sizes are assumed.
 */
const TABLE: readonly (readonly [name: string, memoryMb: number, compute: number, processes: number, cents: number])[] =
  [
    ["Eco", 512, 1, 256, 500],
    ["Basic", 512, 1, 256, 700],
    ["Standard-1X", 512, 1, 256, 2_500],
    ["Standard-2X", 1_024, 2, 512, 5_000],
    ["Performance-M", 2_560, 12, 16_384, 25_000],
    ["Performance-L", 14_336, 50, 32_768, 50_000],
    ["Performance-L-RAM", 30_720, 24, 32_768, 50_000],
    ["Performance-XL", 63_488, 50, 32_768, 75_000],
    ["Performance-2XL", 129_024, 100, 32_768, 150_000],
  ];

/** The sizes of the Common Runtime, smallest first. */
export const DYNO_SIZES: readonly DynoSize[] = TABLE.map(([name, memoryMb, compute, processes, cents]) => ({
  id: derivedId("dyno-size", name),
  name,
  memoryMb,
  compute,
  processes,
  dedicated: name.startsWith("Performance"),
  cents,
}));

/** The size of a new process type. */
export const DEFAULT_DYNO_SIZE = "Basic";

/** Whether web dynos of a size can start beside the old ones (Dev Center, "Preboot"). */
export function knowsPreboot(size: string): boolean {
  return /^(Standard|Performance)-/.test(size);
}

/**
 * Heroku's error for sizes that it does not mix in one app: Eco and Basic cannot be mixed with any other. Undefined if the
 * app may have them all.
 */
export function mixedSizes(sizes: readonly string[]): string | undefined {
  const used = DYNO_SIZES.map(({ name }) => name).filter((name) => sizes.includes(name));
  const last = used.at(-1);
  const isAlone = used.length < 2 || used.every((name) => knowsPreboot(name));
  if (isAlone || last === undefined) return undefined;
  const others = used.slice(0, -1);
  const list = `${others.join(", ")}${others.length > 1 ? "," : ""} and ${last}`;
  return `Cannot use the following dyno types in the same app: ${list}`;
}

/** The size with this name (case-insensitive) or id. */
export function findDynoSize(nameOrId: string): DynoSize | undefined {
  const wanted = nameOrId.toLowerCase();
  return DYNO_SIZES.find((size) => size.name.toLowerCase() === wanted || size.id === wanted);
}
