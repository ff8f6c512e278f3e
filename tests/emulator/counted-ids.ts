import type { Ids } from "../../emulator/ids";

/** Ids that are the same in every run: they count up. */
export function countedIds(): Ids {
  let count = 0;
  const next = () => (++count).toString(16);
  return {
    uuid: () => `00000000-0000-4000-8000-${next().padStart(12, "0")}`,
    hex: (length) => next().padStart(length, "0"),
    below: (limit) => ++count % limit,
  };
}
