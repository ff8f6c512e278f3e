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

  /** Writes what is at a URL into the sink; answers whether it could be had. */
  async fetch(
    url: string,
    sink: NodeJS.WritableStream,
    journal: TransferJournal,
    signal: AbortSignal,
  ): Promise<boolean> {
    const own = `${this.url}${BACKUP_FILES}`;
    const chunks = url.startsWith(own) ? this.own(url.slice(own.length)) : await this.download(url, journal, signal);
    if (!chunks) {
      journal.log("there is nothing to restore at the URL; it may have expired", "error");
      return false;
    }
    await pipeline(chunks, sink, { end: false, signal });
    return true;
  }

  /** The file behind a public URL that is still good. */
  own(publicUrlId: string): AsyncIterable<Uint8Array> | undefined {
    const record = this.store.collection("publicUrls").get(publicUrlId);
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
