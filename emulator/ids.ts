import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";

/** Where ids and random parts of names come from. Tests use their own. */
export interface Ids {
  uuid(): string;
  /** `length` hexadecimal digits. */
  hex(length: number): string;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
}

/** Ids that cannot be guessed. */
export const randomIds: Ids = {
  uuid: () => randomUUID(),
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length),
  below: (limit) => randomInt(limit),
};

/** The same UUID for the same words: for catalog entries and images, which have no record of their own. */
export function derivedId(...words: string[]): string {
  const hash = createHash("sha256").update(words.join("\n")).digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}
