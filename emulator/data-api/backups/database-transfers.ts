import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AddonRecord, TransferRecord } from "../../store/entities";
import { addonDatabase, resetDatabase } from "../postgres/database-end";
import type { PostgresService } from "../postgres/postgres-service";
import type { BackupFiles } from "./backup-files";
import type { BackupUrls } from "./backup-urls";
import { dump, isDump, recordSize, restoreInto } from "./dump-programs";
import type { Transfers } from "./transfers";

/** A database as `pg:copy` names it: an add-on's or any other. */
interface NamedUrl {
  name: string;
  url: string;
}

/** Backups, restores and copies with PostgreSQL's own programs, run in the server's container. */
export class DatabaseTransfers {
  constructor(
    private readonly transfers: Transfers,
    private readonly postgres: PostgresService,
    private readonly files: BackupFiles,
    private readonly urls: BackupUrls,
  ) {}

  /** Dumps a database into a file. */
  capture(addon: AddonRecord, name: string, scheduleId: string | null = null): TransferRecord {
    return this.transfers.create(
      addon,
      (id) => ({
        fromName: name,
        fromType: "pg_dump",
        fromUrl: withoutPassword(addon.values.URL ?? ""),
        toName: scheduleId === null ? "BACKUP" : "SCHEDULED BACKUP",
        toType: "gof3r",
        toUrl: this.urls.of(id),
      }),
      async (transfer, journal, signal) => {
        const database = await addonDatabase(this.postgres, addon);
        await recordSize(database, journal);
        const succeeded = await this.files.create(transfer.id, async (sink) => {
          const stream = new PassThrough();
          stream.on("data", (chunk: Buffer) => journal.count(chunk));
          const written = pipeline(stream, sink, { end: false });
          const dumped = dump(database, transfer.id, journal, stream, signal);
          const [complete] = await Promise.all([dumped, written]);
          return complete;
        });
        return { succeeded };
      },
      scheduleId,
    );
  }

  /** Replaces a database's content with the dump at a URL. A file that is not a dump leaves the database unchanged. */
  restore(addon: AddonRecord, name: string, url: string, extensions: readonly string[]): TransferRecord {
    const ends = {
      fromName: "BACKUP",
      fromUrl: withoutPassword(url),
      toName: name,
      toUrl: withoutPassword(addon.values.URL ?? ""),
    };
    return this.transfers.create(
      addon,
      () => ({ ...ends, fromType: "htcat", toType: "pg_restore" }),
      async (transfer, journal, signal) => {
        const database = await addonDatabase(this.postgres, addon);
        const fetched = await this.files.create(transfer.id, (sink) => this.urls.fetch(url, sink, journal, signal));
        if (!fetched) return { succeeded: false };
        try {
          if (!(await isDump(database, this.files.read(transfer.id), journal))) return { succeeded: false };
          await resetDatabase(database);
          const create = extensions.map((each) => `CREATE EXTENSION IF NOT EXISTS "${each.replaceAll('"', "")}";`);
          if (create.length > 0) await database.server.sql(database.connection, create.join("\n"));
          return await restoreInto(database, transfer.id, this.files.read(transfer.id), journal, signal);
        } finally {
          await this.files.remove(transfer.id);
        }
      },
    );
  }

  /** Replaces the content of a database with that of another; the programs run in the container of `addon`. */
  copy(addon: AddonRecord, from: NamedUrl, to: NamedUrl): TransferRecord {
    const ends = {
      fromName: from.name,
      fromUrl: withoutPassword(from.url),
      toName: to.name,
      toUrl: withoutPassword(to.url),
    };
    return this.transfers.create(
      addon,
      () => ({ ...ends, fromType: "pg_dump", toType: "pg_restore" }),
      async (transfer, journal, signal) => {
        const server = await this.postgres.server(addon);
        const source = { server, connection: from.url, owner: undefined };
        const target = { server, connection: to.url, owner: undefined };
        await recordSize(source, journal);
        await resetDatabase(target);
        const stream = new PassThrough();
        const dumped = dump(source, transfer.id, journal, stream, signal);
        const restored = restoreInto(target, transfer.id, stream, journal, signal);
        const [isDumped, result] = await Promise.all([dumped, restored]);
        return { ...result, succeeded: isDumped && result.succeeded };
      },
    );
  }
}

function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  return url.protocol === "postgres:" ? url.toString() : `${url.origin}${url.pathname}`;
}
