/** What every stored record has. Records are immutable: a change is a new object under the same id. */
export interface Stored {
  readonly id: string;
}

/** A record with its times, ISO 8601 in UTC. */
export interface Timed extends Stored {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A record that belongs to one app. */
export interface OfApp extends Timed {
  readonly appId: string;
}

/** How the records of one kind are found, and with which others they are removed. */
export interface Entity<T extends Stored, Index extends string = string> {
  /** A record's key in each index; null leaves the record out of the index. */
  readonly indexes: Readonly<Record<Index, (record: T) => string | null>>;
  /**
   * By the kind of the owner: the index under which an owned record has the owner's id, or `id` if both have the same.
   * Removing the owner removes what it owns.
   */
  readonly owners: Readonly<Record<string, Index | "id">>;
}

/** Declares a kind of records. The call is in two steps because only the second one's type can be inferred. */
export function entity<T extends Stored>() {
  return <Index extends string = never>(
    indexes: Entity<T, Index>["indexes"],
    owners: Entity<T, NoInfer<Index>>["owners"],
  ): Entity<T, Index> => ({ indexes, owners });
}
