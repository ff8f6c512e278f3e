import { isDeepStrictEqual } from "node:util";

type Fields = Readonly<Record<string, unknown>>;

/** Reads a path; undefined when Local Heroku says that there is no such thing. */
export type Read = (path: string) => Promise<unknown>;

/** What must be read at a path after a kill: one of several states, undefined meaning that it is gone. */
type Accepted = readonly (Fields | undefined)[];

interface Expectation {
  readonly accepted: Accepted;
  /** The path of what it goes with. */
  readonly owner: string | undefined;
}

/**
 * What acknowledged writes have left to be read. A write that got no answer may have taken effect or
 * not: until the next check both states are right.
 */
export class Expectations {
  private readonly all = new Map<string, Expectation>();
  checked = 0;

  /** A write was answered: the path now reads so. It goes with its owner, a path too. */
  acknowledged(path: string, fields: Fields | undefined, owner?: string): void {
    this.all.set(path, { accepted: [fields], owner: owner ?? this.all.get(path)?.owner });
  }

  /** A write got no answer: the path reads as before, or so. Of a path not known before nothing is expected. */
  inDoubt(path: string, fields: Fields | undefined): void {
    const before = this.all.get(path);
    if (before) this.all.set(path, { ...before, accepted: [...before.accepted, fields] });
  }

  /** Gives up what goes with a path: that was removed, or may have been. */
  forgetOwned(owner: string): void {
    for (const [path, each] of this.all) if (each.owner === owner) this.all.delete(path);
  }

  /** Compares everything with what is read now; answers what was lost, one line each. What is read is what counts from now on. */
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

/** Whether a value has all these fields, and theirs. */
function contains(found: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return isDeepStrictEqual(found, expected);
  if (typeof found !== "object" || found === null) return false;
  const fields = new Map<string, unknown>(Object.entries(found));
  return Object.entries(expected).every(([name, value]) => contains(fields.get(name), value));
}
