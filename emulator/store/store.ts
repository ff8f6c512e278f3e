import { Collection } from "./collection";
import type { Records, Stored } from "./entities";
import { INDEXES, type IndexOf, type KeysOf } from "./indexes";
import { Journal, type Write } from "./journal";

type Kind = keyof Records;
type Loads = { load(record: Stored): void };
type Collections = { readonly [K in Kind]: Collection<Records[K], IndexOf<K>> };

/**
 * Every record of an instance: read from memory, written to disk. What `transaction` did is on disk
 * when it returns, all of it or nothing, so a reply sent after it is true whatever happens to the process.
 */
export class Store {
  private readonly collections: Collections;
  private open: { writes: Write[]; undo: (() => void)[] } | undefined;

  private constructor(private readonly journal: Journal | undefined) {
    this.collections = this.createCollections();
    for (const { kind, record } of journal?.read() ?? []) {
      const collection: Loads | undefined = this.collections[kind as Kind];
      collection?.load(record);
    }
  }

  /** `folder` holds the data, made when missing; without it everything stays in memory. */
  static open(folder?: string): Store {
    return new Store(folder === undefined ? undefined : new Journal(folder));
  }

  collection<K extends Kind>(kind: K): Collections[K] {
    return this.collections[kind];
  }

  /**
   * Runs `work`, which must not be async, as one durable change. When it throws, memory is as before
   * and nothing is written. A transaction within a transaction belongs to the outer one.
   */
  transaction<T>(work: () => T): T {
    if (this.open) return work();
    const transaction = { writes: [] as Write[], undo: [] as (() => void)[] };
    this.open = transaction;
    try {
      const result = work();
      if (transaction.writes.length > 0) this.journal?.write(transaction.writes);
      return result;
    } catch (error) {
      for (const undo of transaction.undo.reverse()) undo();
      throw error;
    } finally {
      this.open = undefined;
    }
  }

  /** Removes every record. */
  clear(): void {
    this.transaction(() => {
      for (const collection of Object.values(this.collections)) {
        for (const record of collection.all()) collection.delete(record.id);
      }
    });
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }

  private createCollections(): Collections {
    const create = <K extends Kind>(kind: K): Collection<Records[K], IndexOf<K>> => {
      const keys: KeysOf = INDEXES;
      const collection: Collection<Records[K], IndexOf<K>> = new Collection(keys[kind], (id, before, after) => {
        const change = () => {
          this.open?.writes.push({ kind, id, record: after });
          this.open?.undo.push(() => (before === undefined ? collection.unload(id) : collection.load(before)));
        };
        if (this.open) change();
        else this.transaction(change);
      });
      return collection;
    };
    const entries = (Object.keys(INDEXES) as Kind[]).map((kind) => [kind, create(kind)] as const);
    return Object.fromEntries(entries) as Collections;
  }
}
