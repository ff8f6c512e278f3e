import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";

/** The dumps of an instance in its data folder, one file each. */
export class BackupFiles {
  constructor(private readonly folder: string) {}

  /** The file of a dump. */
  private path(transferId: string): string {
    return join(this.folder, `${transferId}.dump`);
  }

  /** Writes a dump. Its file appears once `write` has completed it. */
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

  /** The dump's size in bytes; undefined if there is none. */
  async size(transferId: string): Promise<number | undefined> {
    return stat(this.path(transferId)).then(
      ({ size }) => size,
      () => undefined,
    );
  }

  async remove(transferId: string): Promise<void> {
    await rm(this.path(transferId), { force: true });
  }

  /** Removes the files of all other transfers, such as those that an earlier process did not complete. */
  async removeAllBut(transferIds: readonly string[]): Promise<void> {
    const kept = new Set(transferIds.map((id) => `${id}.dump`));
    const files = await readdir(this.folder).catch(() => []);
    await Promise.all(
      files.filter((file) => !kept.has(file)).map((file) => rm(join(this.folder, file), { force: true })),
    );
  }
}
