import { pipeline } from "node:stream/promises";
import type { Clock } from "../../clock";
import { BACKUP_FILES } from "../../contract";
import type { Store } from "../../store/store";
import type { BackupFiles } from "./backup-files";
import type { TransferJournal } from "./transfer-journal";

/** Gets the dumps that restores name by URL. */
export class BackupSource {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly files: BackupFiles,
    /** Local Heroku's own address: its public URLs are read without a request. */
    private readonly url: string,
  ) {}

  /** Where a backup lies: a restore may name it, no one can download from it. */
  urlOf(transferId: string): string {
    return `${this.url}${BACKUP_FILES}${transferId}`;
  }

  /** Writes what is at a URL into the sink; answers whether it could be had. */
  async fetch(
    url: string,
    sink: NodeJS.WritableStream,
    journal: TransferJournal,
    signal: AbortSignal,
  ): Promise<boolean> {
    const key = this.keyIn(url);
    const chunks = key === undefined ? await this.download(url, journal, signal) : this.own(key);
    if (!chunks) {
      journal.log("there is nothing to restore at the URL; it may have expired", "error");
      return false;
    }
    await pipeline(chunks, sink, { end: false, signal });
    return true;
  }

  /** What follows the address of this instance's backups, when it is one. */
  private keyIn(url: string): string | undefined {
    const prefix = this.urlOf("").replace(/^https?/, "");
    const address = url.replace(/^https?/, "");
    return address.startsWith(prefix) ? address.slice(prefix.length) : undefined;
  }

  /** The file of a backup, or the one behind a public URL that is still good. */
  private own(key: string): AsyncIterable<Uint8Array> | undefined {
    const transfer = this.store.collection("transfers").get(key);
    if (transfer?.succeeded === true && transfer.deletedAt === null) return this.files.read(transfer.id);
    const record = this.store.collection("publicUrls").get(key);
    if (!record || Date.parse(record.expiresAt) <= this.clock.now()) return undefined;
    return this.files.read(record.transferId);
  }

  private async download(
    url: string,
    journal: TransferJournal,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const reply = await fetch(url, { signal });
    if (reply.ok && reply.body) return reply.body;
    await reply.body?.cancel();
    journal.log(`the URL of the backup answers with status ${reply.status}`, "error");
    return undefined;
  }
}
