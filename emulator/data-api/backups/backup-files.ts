import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";

/** The dumps of an instance, one file each, in its data folder. */
export class BackupFiles {
  constructor(private readonly folder: string) {}

  /** Where the dump of a backup is. */
  path(transferId: string): string {
    return join(this.folder, `${transferId}.dump`);
  }

  /** Writes a dump; its file appears whole, once `write` has filled it, or not at all. */
  async create(transferId: string, write: (sink: NodeJS.WritableStream) => Promise<boolean>): Promise<boolean> {
    await mkdir(this.folder, { recursive: true });
    const partial = `${this.path(transferId)}.part`;
    const sink = createWriteStream(partial, { mode: 0o600, flush: true });
    const written = finished(sink);
    written.catch(() => {});
    try {
      const complete = await write(sink);
      sink.end();
      await written;
      if (complete) await rename(partial, this.path(transferId));
      return complete;
    } finally {
      await rm(partial, { force: true });
    }
  }

  read(transferId: string): Readable {
    return createReadStream(this.path(transferId));
  }

  /** The dump's size in bytes; undefined when there is none. */
  async size(transferId: string): Promise<number | undefined> {
    return stat(this.path(transferId)).then(
      ({ size }) => size,
      () => undefined,
    );
  }

  async remove(transferId: string): Promise<void> {
    await rm(this.path(transferId), { force: true });
  }

  /** Removes what an earlier process left of transfers that it did not complete, or that are forgotten. */
  async removeAllBut(transferIds: readonly string[]): Promise<void> {
    const kept = new Set(transferIds.map((id) => `${id}.dump`));
    const files = await readdir(this.folder).catch(() => []);
    await Promise.all(
      files.filter((file) => !kept.has(file)).map((file) => rm(join(this.folder, file), { force: true })),
    );
  }
}
