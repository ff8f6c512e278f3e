import { parseArgs } from "node:util";
import { UsageError } from "./usage-error";

/** How Local Heroku is started. */
export interface Options {
  readonly port: number;
  /** Where it listens a second time, for clients that insist on HTTPS. */
  readonly httpsPort: number | undefined;
  /** Folder for everything it keeps. */
  readonly data: string;
  /** File with a seed in JSON. */
  readonly seed: string | undefined;
  /** Extra provisioning time by service, in milliseconds. */
  readonly delays: Readonly<Record<string, number>>;
  /** Remove the instance's containers, volumes and networks, and end. */
  readonly destroy: boolean;
  readonly help: boolean;
}

/** What `--help` prints. */
export const USAGE = `Local Heroku: Heroku's APIs on this machine, with dynos and data services as containers.

  --port <number>              where it listens on 127.0.0.1 and ::1 (default 5075)
  --https-port <number>        where it listens for HTTPS too, with a certificate of its own (default nowhere)
  --data <folder>              where it keeps its state (default .local/heroku)
  --seed <file>                accounts, teams, apps and pipelines to begin with, in JSON
  --postgres-delay <seconds>   makes each Heroku Postgres take at least this long to provision (default 0)
  --redis-delay <seconds>      the same for Heroku Key-Value Store (default 0)
  --destroy                    removes its containers, volumes and networks, and ends
  --help                       prints this
`;

/** Reads the command line; throws a {@link UsageError} for what it does not understand. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  return {
    port: portOf("port", values.port),
    httpsPort: values["https-port"] === undefined ? undefined : portOf("https-port", values["https-port"]),
    data: values.data,
    seed: values.seed,
    delays: {
      "heroku-postgresql": millisecondsOf("postgres-delay", values["postgres-delay"]),
      "heroku-redis": millisecondsOf("redis-delay", values["redis-delay"]),
    },
    destroy: values.destroy,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "5075" },
        "https-port": { type: "string" },
        data: { type: "string", default: ".local/heroku" },
        seed: { type: "string" },
        "postgres-delay": { type: "string", default: "0" },
        "redis-delay": { type: "string", default: "0" },
        destroy: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--${option} must be a port number, got ${text}; choose 1 to 65535`);
}

function millisecondsOf(option: string, text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds >= 0 && seconds <= 3_600)) {
    throw new UsageError(`--${option} must be a number of seconds, got ${text}; choose 0 to 3600`);
  }
  return seconds * 1_000;
}
