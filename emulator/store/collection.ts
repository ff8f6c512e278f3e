import type { Stored } from "./entities";

/** Called with every change, so that the store can make it durable and undo it. */
export type Change<T> = (id: string, before: T | undefined, after: T | undefined) => void;

/** Records of one kind in memory, in order of creation, with their indexes. */
export class Collection<T extends Stored, Index extends string = string> {
  private readonly records = new Map<string, T>();
  private readonly lookups = new Map<string, Map<string, Set<string>>>();

  constructor(
    private readonly keys: Readonly<Record<string, (record: T) => string | null>>,
    private readonly changed: Change<T>,
  ) {
    for (const index of Object.keys(keys)) this.lookups.set(index, new Map());
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  /** All records, oldest first. */
  all(): T[] {
    return [...this.records.values()];
  }

  get size(): number {
    return this.records.size;
  }

  /** The records under a key of an index, oldest first. */
  by(index: Index, key: string): T[] {
    return [...this.ids(index, key)].flatMap((id) => this.records.get(id) ?? []);
  }

  /** The oldest record under a key of an index. */
  find(index: Index, key: string): T | undefined {
    for (const id of this.ids(index, key)) return this.records.get(id);
    return undefined;
  }

  count(index: Index, key: string): number {
    return this.ids(index, key).size;
  }

  /** Adds the record, or replaces the one with its id. */
  put(record: T): T {
    const before = this.records.get(record.id);
    this.load(record);
    this.changed(record.id, before, record);
    return record;
  }

  /** Replaces some fields of a record; undefined if there is no such record. */
  update(id: string, fields: Partial<T>): T | undefined {
    const before = this.records.get(id);
    return before && this.put({ ...before, ...fields });
  }

  /** Removes a record and returns it. */
  delete(id: string): T | undefined {
    const before = this.records.get(id);
    if (before === undefined) return undefined;
    this.unload(id);
    this.changed(id, before, undefined);
    return before;
  }

  deleteBy(index: Index, key: string): void {
    for (const record of this.by(index, key)) this.delete(record.id);
  }

  /** Puts a record in memory without a change to the store: for loading and undoing. */
  load(record: T): void {
    const before = this.records.get(record.id);
    this.records.set(record.id, record);
    for (const [index, lookup] of this.lookups) {
      const oldKey = before && this.keys[index]?.(before);
      const newKey = this.keys[index]?.(record);
      if (oldKey === newKey) continue;
      if (typeof oldKey === "string") removeFrom(lookup, oldKey, record.id);
      if (typeof newKey === "string") addTo(lookup, newKey, record.id);
    }
  }

  /** Removes a record from memory without a change to the store. */
  unload(id: string): void {
    const record = this.records.get(id);
    if (record === undefined) return;
    this.records.delete(id);
    for (const [index, lookup] of this.lookups) {
      const key = this.keys[index]?.(record);
      if (typeof key === "string") removeFrom(lookup, key, id);
    }
  }

  private ids(index: string, key: string): ReadonlySet<string> {
    return this.lookups.get(index)?.get(key) ?? NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();

function addTo(lookup: Map<string, Set<string>>, key: string, id: string): void {
  const ids = lookup.get(key);
  if (ids) ids.add(id);
  else lookup.set(key, new Set([id]));
}

function removeFrom(lookup: Map<string, Set<string>>, key: string, id: string): void {
  const ids = lookup.get(key);
  ids?.delete(id);
  if (ids?.size === 0) lookup.delete(key);
}
