import { isDeepStrictEqual } from "node:util";

type Fields = Readonly<Record<string, unknown>>;

/** Reads a path; undefined if it is 404. */
export type Read = (path: string) => Promise<unknown>;

/** The states that may be read at a path after a kill; undefined means 404. */
type Accepted = readonly (Fields | undefined)[];

interface Expectation {
  readonly accepted: Accepted;
  /** The path of its owner, with which it is removed. */
  readonly owner: string | undefined;
}

/**
 * What should be read after acknowledged writes. A write without a reply may have taken effect or not: until the next
 * check, both states are right.
 */
export class Expectations {
  private readonly all = new Map<string, Expectation>();
  checked = 0;

  /** A write was acknowledged: sets what the path returns, and the path of its owner. */
  acknowledged(path: string, fields: Fields | undefined, owner?: string): void {
    this.all.set(path, { accepted: [fields], owner: owner ?? this.all.get(path)?.owner });
  }

  /** A write got no reply: the path returns this or what it returned before. Nothing is expected of an unknown path. */
  inDoubt(path: string, fields: Fields | undefined): void {
    const before = this.all.get(path);
    if (before) this.all.set(path, { ...before, accepted: [...before.accepted, fields] });
  }

  /** Drops what belongs to a path that was removed, or may have been. */
  forgetOwned(owner: string): void {
    for (const [path, each] of this.all) if (each.owner === owner) this.all.delete(path);
  }

  /** Compares everything with what is read now, which is then expected; returns what was lost, one line each. */
  async check(read: Read): Promise<string[]> {
    const lost: string[] = [];
    for (const [path, { accepted, owner }] of this.all) {
      const found = await read(path);
      const match = accepted.filter((state) => (state === undefined ? found === undefined : contains(found, state)));
      if (match.length > 0) this.all.set(path, { accepted: match, owner });
      else lost.push(`${path}: expected ${JSON.stringify(accepted)}, read ${JSON.stringify(found)}`);
      this.checked += 1;
    }
    return lost;
  }
}

/** Whether a value has all these fields, recursively. */
function contains(found: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return isDeepStrictEqual(found, expected);
  if (typeof found !== "object" || found === null) return false;
  const fields = new Map<string, unknown>(Object.entries(found));
  return Object.entries(expected).every(([name, value]) => contains(fields.get(name), value));
}
