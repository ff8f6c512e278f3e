import { pipeline } from "node:stream/promises";
import { BACKUP_FILES, type MachineContext } from "../../contract";
import { badRequest } from "../../http/errors";
import type { TransferRecord } from "../../store/entities";
import type { BackupFiles } from "./backup-files";
import type { TransferJournal } from "./transfer-journal";
import { kindOf } from "./transfer-record";

/** How long a public URL is valid. */
const PUBLIC_URL_MS = 60 * 60 * 1_000;

/** The URLs of backups: those that people download from, and those that restores read. */
export class BackupUrls {
  constructor(
    private readonly context: Pick<MachineContext, "store" | "clock" | "ids" | "url">,
    private readonly files: BackupFiles,
  ) {}

  /** Where a backup is stored. A restore may name this URL, but nobody can download from it. */
  of(transferId: string): string {
    return `${this.context.url}${BACKUP_FILES}${transferId}`;
  }

  /** Makes a public URL of a backup at the origin of the client's request. */
  publish(transfer: TransferRecord, origin: string): { expiresAt: string; url: string } {
    if (kindOf(transfer) !== "backup" || transfer.succeeded !== true) {
      throw badRequest("Only a completed backup has a public URL.");
    }
    const { store, clock, ids } = this.context;
    const expiresAt = new Date(clock.now() + PUBLIC_URL_MS).toISOString();
    const { id } = store.collection("publicUrls").put({ id: ids.hex(48), transferId: transfer.id, expiresAt });
    return { expiresAt, url: `${origin}${BACKUP_FILES}${id}` };
  }

  /** Writes the dump at a URL into the sink; returns whether there is one. */
  async fetch(
    url: string,
    sink: NodeJS.WritableStream,
    journal: TransferJournal,
    signal: AbortSignal,
  ): Promise<boolean> {
    const key = this.keyIn(url);
    const chunks = key === undefined ? await this.download(url, journal, signal) : this.read(key);
    if (!chunks) {
      journal.log("there is no backup at the URL; it may have expired", "error");
      return false;
    }
    await pipeline(chunks, sink, { end: false, signal });
    return true;
  }

  /** The last part of a URL of this instance's backups, which are read without a request; undefined for other URLs. */
  private keyIn(url: string): string | undefined {
    const { store } = this.context;
    const path = URL.canParse(url) ? new URL(url).pathname : "";
    const key = path.startsWith(BACKUP_FILES) ? path.slice(BACKUP_FILES.length) : "";
    // The key cannot be guessed, so it identifies the instance's own URLs, whatever their host name.
    const isOwn = store.collection("transfers").get(key) ?? store.collection("publicUrls").get(key);
    return isOwn && key;
  }

  /** The file of a backup, or the one behind a public URL that has not expired. */
  private read(key: string): AsyncIterable<Uint8Array> | undefined {
    const { store, clock } = this.context;
    const transfer = store.collection("transfers").get(key);
    if (transfer?.succeeded === true && transfer.deletedAt === null) return this.files.read(transfer.id);
    const link = store.collection("publicUrls").get(key);
    if (!link || Date.parse(link.expiresAt) <= clock.now()) return undefined;
    return this.files.read(link.transferId);
  }

  private async download(
    url: string,
    journal: TransferJournal,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const reply = await fetch(url, { signal });
    if (reply.ok && reply.body) return reply.body;
    await reply.body?.cancel();
    journal.log(`the URL of the backup returned status ${reply.status}`, "error");
    return undefined;
  }
}
