import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type Database, open } from "lmdb";
import type { Kind, Stored } from "./entities";

type Key = readonly [kind: string, id: string];
type Row = { readonly order: number; readonly record: Stored };

/** One change: `record` undefined removes it. */
export interface Write {
  readonly kind: Kind;
  readonly id: string;
  readonly record: Stored | undefined;
}

/** The records of an instance on disk. Rows hold the order in which they were first written. */
export class Journal {
  private readonly database: Database<Row, [string, string]>;
  private readonly orders = new Map<string, number>();
  private next = 0;

  constructor(folder: string) {
    this.database = open<Row, [string, string]>({ path: folder, encoding: "json" });
    // Records hold API keys and passwords.
    for (const file of ["data.mdb", "lock.mdb"]) chmodSync(join(folder, file), 0o600);
  }

  /** Every record, oldest first. */
  read(): { kind: string; record: Stored }[] {
    const rows = [...this.database.getRange()].map(({ key, value }) => ({ key, ...value }));
    rows.sort((a, b) => a.order - b.order);
    for (const { key, order } of rows) this.orders.set(key.join("/"), order);
    this.next = (rows.at(-1)?.order ?? -1) + 1;
    return rows.map(({ key, record }) => ({ kind: key[0], record }));
  }

  /** Writes all changes or none; when it returns, they are in the database's file. */
  write(changes: readonly Write[]): void {
    this.database.transactionSync(() => {
      for (const { kind, id, record } of changes) {
        const key: Key = [kind, id];
        if (record === undefined) {
          this.orders.delete(key.join("/"));
          this.database.removeSync([kind, id]);
        } else {
          this.database.putSync([kind, id], { order: this.orderOf(key), record });
        }
      }
    });
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  private orderOf(key: Key): number {
    const name = key.join("/");
    const order = this.orders.get(name) ?? this.next++;
    this.orders.set(name, order);
    return order;
  }
}
