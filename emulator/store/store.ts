import { Collection } from "./collection";
import { ENTITIES, type Entity, type IndexOf, type Kind, type Records, type Stored } from "./entities";
import { Journal, type Write } from "./journal";

type Collections = { readonly [K in Kind]: Collection<Records[K], IndexOf<K>> };
/** What every collection can do, whatever its records. */
type AnyCollection = Pick<Collection<Stored>, "all" | "by" | "delete"> & { load(record: Stored): void };

/**
 * Every record of an instance: read from memory, written to disk. What `transaction` did is on disk when it returns,
 * all of it or nothing, so a reply that is sent afterwards stays true whatever happens to the process.
 */
export class Store {
  private readonly collections: Collections;
  private open: { writes: Write[]; undo: (() => void)[] } | undefined;

  private constructor(private readonly journal: Journal | undefined) {
    this.collections = this.createCollections();
    for (const { kind, record } of journal?.read() ?? []) {
      if (isKind(kind)) this.any(kind).load(record);
    }
  }

  /** `folder` holds the data and is created if it is missing; without it everything stays in memory. */
  static open(folder?: string): Store {
    return new Store(folder === undefined ? undefined : new Journal(folder));
  }

  collection<K extends Kind>(kind: K): Collections[K] {
    return this.collections[kind];
  }

  /**
   * Runs `work`, which must not be async, as one durable change. If it throws, memory is restored and nothing is
   * written. A transaction within a transaction is part of the outer one.
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
      for (const collection of Object.values<AnyCollection>(this.collections)) {
        for (const record of collection.all()) collection.delete(record.id);
      }
    });
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }

  private createCollections(): Collections {
    const create = <K extends Kind>(kind: K): Collection<Records[K], IndexOf<K>> => {
      const entities: { readonly [Each in Kind]: Entity<Records[Each]> } = ENTITIES;
      const { indexes } = entities[kind];
      const collection: Collection<Records[K], IndexOf<K>> = new Collection(indexes, (id, before, after) => {
        const change = () => {
          this.open?.writes.push({ kind, id, record: after });
          this.open?.undo.push(() => (before === undefined ? collection.unload(id) : collection.load(before)));
          if (after === undefined) this.deleteOwned(kind, id);
        };
        if (this.open) change();
        else this.transaction(change);
      });
      return collection;
    };
    const entries = KINDS.map((kind) => [kind, create(kind)] as const);
    return Object.fromEntries(entries) as Collections;
  }

  private deleteOwned(owner: Kind, id: string): void {
    for (const { kind, index } of OWNED[owner]) {
      const collection = this.any(kind);
      if (index === "id") collection.delete(id);
      else for (const record of collection.by(index, id)) collection.delete(record.id);
    }
  }

  private any(kind: Kind): AnyCollection {
    return this.collections[kind];
  }
}

const KINDS = Object.keys(ENTITIES).filter(isKind);

/** By kind of the owner: the kinds it owns, with the index under which they have its id. */
const OWNED = Object.fromEntries(KINDS.map((owner) => [owner, ownedBy(owner)])) as Readonly<
  Record<Kind, { kind: Kind; index: string }[]>
>;

function ownedBy(owner: Kind): { kind: Kind; index: string }[] {
  return KINDS.flatMap((kind) => {
    const owners: Readonly<Partial<Record<Kind, string>>> = ENTITIES[kind].owners;
    const index = owners[owner];
    return index === undefined ? [] : [{ kind, index }];
  });
}

function isKind(name: string): name is Kind {
  return name in ENTITIES;
}
