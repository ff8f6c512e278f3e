import type { Readable, Writable } from "node:stream";
import { type ExecResult, exec } from "../../docker/exec";
import { waitUntil } from "../../docker/wait-until";
import type { ServiceContainers } from "../service-containers";

/** The role of Postgres containers. */
export const POSTGRES_ROLE = "postgres";

/** Runs programs in the container of an add-on's server as its superuser, through its socket. */
export class PostgresServer {
  constructor(
    private readonly containers: ServiceContainers,
    readonly addonId: string,
    private readonly port: number,
  ) {}

  /** Waits until the server takes connections, as long as `isWanted` holds. */
  async ready(isWanted = () => true): Promise<void> {
    const isReady = async () => {
      if (!isWanted()) throw new Error("stopped waiting for the database server: it was removed");
      const result = await this.run(["pg_isready", "--quiet"]).catch(() => undefined);
      return result?.exitCode === 0;
    };
    await waitUntil(isReady, 60, "the database server did not start; see its container's log");
  }

  /** Runs statements one by one, each on its own; rejects with the server's message at the first failure. */
  async sql(database: string, statements: string): Promise<string[][]> {
    const command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator=\x1f"];
    const result = await this.run([...command, "--set=ON_ERROR_STOP=1", `--dbname=${database}`], { stdin: statements });
    if (result.exitCode !== 0) throw new Error(result.stderr.trim());
    const lines = result.stdout.split("\n").filter((line) => line !== "");
    return lines.map((line) => line.split("\x1f"));
  }

  /** Runs one of PostgreSQL's programs in the container. */
  run(
    command: string[],
    streams: { stdin?: string | Readable; stdout?: Writable; stderr?: Writable } = {},
  ): Promise<ExecResult> {
    const [program = "", ...rest] = command;
    const container = this.containers.fullName(POSTGRES_ROLE, this.addonId);
    const withPort = [program, `--port=${this.port}`, ...rest];
    return exec(this.containers.engine, container, { command: withPort, user: "postgres", ...streams });
  }
}
