import { PassThrough, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AddonRecord, TransferRecord } from "../../store/entities";
import { addonDatabase, type DatabaseEnd, resetDatabase } from "../postgres/database-end";
import { quoteText } from "../postgres/postgres-names";
import type { PostgresService } from "../postgres/postgres-service";
import type { BackupFiles } from "./backup-files";
import type { BackupSource } from "./backup-source";
import { RestoreVerdict } from "./restore-verdict";
import type { TransferJournal } from "./transfer-journal";
import type { Transfers } from "./transfers";

type Result = { succeeded: boolean; warnings?: number };

/** A database outside this instance's add-ons, or one of them, as `pg:copy` names it. */
export interface NamedUrl {
  name: string;
  url: string;
}

/** Backups, restores and copies with PostgreSQL's own programs, run beside the server. */
export class DatabaseTransfers {
  constructor(
    private readonly transfers: Transfers,
    private readonly postgres: PostgresService,
    private readonly files: BackupFiles,
    private readonly source: BackupSource,
  ) {}

  /** Dumps a database into a file. */
  capture(addon: AddonRecord, name: string, scheduleId: string | null = null): TransferRecord {
    const ends = {
      fromName: name,
      fromType: "pg_dump" as const,
      fromUrl: withoutPassword(addon.values.URL ?? ""),
      toName: scheduleId === null ? "BACKUP" : "SCHEDULED BACKUP",
      toType: "gof3r" as const,
      toUrl: "",
    };
    return this.transfers.begin(
      addon,
      ends,
      async (transfer, journal, signal) => {
        const database = await addonDatabase(this.postgres, addon);
        await noteSize(database, journal);
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

  /** Replaces a database's content by that of a dump at a URL. A file that is no dump leaves the database as it is. */
  restore(addon: AddonRecord, name: string, url: string, extensions: readonly string[]): TransferRecord {
    const ends = {
      fromName: "BACKUP",
      fromUrl: withoutPassword(url),
      toName: name,
      toUrl: withoutPassword(addon.values.URL ?? ""),
    };
    return this.transfers.begin(
      addon,
      { ...ends, fromType: "htcat", toType: "pg_restore" },
      async (transfer, journal, signal) => {
        const database = await addonDatabase(this.postgres, addon);
        const fetched = await this.files.create(transfer.id, (sink) => this.source.fetch(url, sink, journal, signal));
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

  /** Replaces the content of one database by that of another; `addon` is the one whose server runs the programs. */
  copy(addon: AddonRecord, from: NamedUrl, to: NamedUrl): TransferRecord {
    const ends = {
      fromName: from.name,
      fromUrl: withoutPassword(from.url),
      toName: to.name,
      toUrl: withoutPassword(to.url),
    };
    return this.transfers.begin(
      addon,
      { ...ends, fromType: "pg_dump", toType: "pg_restore" },
      async (transfer, journal, signal) => {
        const server = await this.postgres.server(addon);
        const source = { server, connection: from.url, owner: undefined };
        const target = { server, connection: to.url, owner: undefined };
        await noteSize(source, journal);
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

async function noteSize({ server, connection }: DatabaseEnd, journal: TransferJournal): Promise<void> {
  const [row] = await server.sql(connection, "SELECT pg_database_size(current_database());");
  journal.flush({ sourceBytes: Number(row?.[0] ?? 0) });
}

async function dump(
  database: DatabaseEnd,
  id: string,
  journal: TransferJournal,
  stdout: PassThrough,
  signal: AbortSignal,
): Promise<boolean> {
  const command = [
    "pg_dump",
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    "--verbose",
    `--dbname=${named(database, id)}`,
  ];
  const stop = endingOn(signal, database, id);
  const { exitCode } = await database.server.run(command, { stdout, stderr: journal.lines() }).finally(stop);
  stdout.end();
  journal.log(`pg_dump ended with exit code ${exitCode}`);
  return exitCode === 0;
}

async function isDump({ server }: DatabaseEnd, file: Readable, journal: TransferJournal): Promise<boolean> {
  const { exitCode, stderr } = await server.run(["pg_restore", "--list"], { stdin: file });
  if (exitCode !== 0) journal.log(`the file is no dump that pg_restore can read: ${stderr.trim()}`, "error");
  return exitCode === 0;
}

async function restoreInto(
  database: DatabaseEnd,
  id: string,
  stdin: Readable,
  journal: TransferJournal,
  signal: AbortSignal,
): Promise<Result> {
  const verdict = new RestoreVerdict();
  const role = database.owner === undefined ? [] : [`--role=${database.owner}`];
  const options = ["--no-owner", "--no-privileges", "--verbose", ...role, `--dbname=${named(database, id)}`];
  // Counted on the way through: a listener for data would let go of what comes before the program is there to read it.
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      journal.count(chunk);
      done(null, chunk);
    },
  });
  stdin.on("error", (fault) => counted.destroy(fault)).pipe(counted);
  const stop = endingOn(signal, database, id);
  const streams = { stdin: counted, stderr: journal.lines((line) => verdict.read(line)) };
  const { exitCode } = await database.server.run(["pg_restore", ...options], streams).finally(stop);
  journal.log(`pg_restore ended with exit code ${exitCode}`);
  return { succeeded: verdict.isGood(exitCode), warnings: verdict.warnings };
}

/** The connection string with a name for the session, by which it can be ended. */
function named({ connection }: DatabaseEnd, id: string): string {
  const name = `pgbackups-${id}`;
  if (!connection.includes("://")) return `dbname=${connection} application_name=${name}`;
  const url = new URL(connection);
  url.searchParams.set("application_name", name);
  return url.toString();
}

/** Ends the transfer's sessions when the signal comes; the programs then end by themselves. Call the answer when they have. */
function endingOn(signal: AbortSignal, { server, connection }: DatabaseEnd, id: string): () => void {
  const name = quoteText(`pgbackups-${id}`);
  const statement = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${name};`;
  const terminate = () => void server.sql(connection, statement).catch(() => {});
  if (signal.aborted) terminate();
  signal.addEventListener("abort", terminate, { once: true });
  return () => signal.removeEventListener("abort", terminate);
}

function withoutPassword(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  return url.protocol === "postgres:" ? url.toString() : `${url.origin}${url.pathname}`;
}
