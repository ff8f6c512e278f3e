import { type PassThrough, type Readable, Transform } from "node:stream";
import type { DatabaseEnd } from "../postgres/database-end";
import { quoteText } from "../postgres/postgres-names";
import { RestoreVerdict } from "./restore-verdict";
import type { TransferJournal } from "./transfer-journal";

const TERMINATE_EVERY_MS = 300;

/** Records the size of the database to dump. */
export async function recordSize({ server, connection }: DatabaseEnd, journal: TransferJournal): Promise<void> {
  const [row] = await server.sql(connection, "SELECT pg_database_size(current_database());");
  journal.flush({ sourceBytes: Number(row?.[0] ?? 0) });
}

/** Dumps a database into `stdout`; returns whether the dump is complete. */
export async function dump(
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

/** Whether pg_restore can read the file; logs the reason if not. */
export async function isDump({ server }: DatabaseEnd, file: Readable, journal: TransferJournal): Promise<boolean> {
  const { exitCode, stderr } = await server.run(["pg_restore", "--list"], { stdin: file });
  if (exitCode !== 0) journal.log(`pg_restore cannot read the file: ${stderr.trim()}`, "error");
  return exitCode === 0;
}

/** Restores a dump into an empty database. */
export async function restoreInto(
  database: DatabaseEnd,
  id: string,
  stdin: Readable,
  journal: TransferJournal,
  signal: AbortSignal,
): Promise<{ succeeded: boolean; warnings: number }> {
  const verdict = new RestoreVerdict();
  const role = database.owner === undefined ? [] : [`--role=${database.owner}`];
  const options = ["--no-owner", "--no-privileges", "--verbose", ...role, `--dbname=${named(database, id)}`];
  // Counted by a transform: a listener for data would lose what arrives before the program reads it.
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
  return { succeeded: verdict.succeeded(exitCode), warnings: verdict.warnings };
}

/** The connection string with a name for the session, so that it can be found and ended. */
function named({ connection }: DatabaseEnd, id: string): string {
  const name = `pgbackups-${id}`;
  if (!connection.includes("://")) return `dbname=${connection} application_name=${name}`;
  const url = new URL(connection);
  url.searchParams.set("application_name", name);
  return url.toString();
}

/**
 * When the signal is aborted, ends the transfer's sessions, including later ones; the programs then end by themselves.
 * Returns a function to call when they have ended.
 */
function endingOn(signal: AbortSignal, { server, connection }: DatabaseEnd, id: string): () => void {
  const name = quoteText(`pgbackups-${id}`);
  const statement = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${name};`;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setInterval(() => void server.sql(connection, statement).catch(() => {}), TERMINATE_EVERY_MS);
  };
  if (signal.aborted) start();
  signal.addEventListener("abort", start, { once: true });
  return () => {
    signal.removeEventListener("abort", start);
    clearInterval(timer);
  };
}
