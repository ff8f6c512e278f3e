import { parseArgs } from "node:util";
import { UsageError } from "./usage-error";

/** Options of the command line. */
export interface Options {
  readonly port: number;
  /** A second port, for clients that cannot be given a port for HTTPS. */
  readonly httpsPort: number | undefined;
  /** Folder of the instance's state. */
  readonly data: string;
  /** JSON file with a seed. */
  readonly seed: string | undefined;
  /** Extra provisioning time by service, in milliseconds. */
  readonly delays: Readonly<Record<string, number>>;
  /** Remove the instance's containers, volumes and networks, and exit. */
  readonly destroy: boolean;
  readonly help: boolean;
}

/** What `--help` prints. */
export const USAGE = `Local Heroku: Heroku's APIs on this machine, with dynos and data services as containers.

  --port <number>              port for HTTP and HTTPS on 127.0.0.1 and ::1 (default 5075)
  --https-port <number>        second port, such as 443, for clients that know no other (default none)
  --data <folder>              folder of its state (default .local/heroku)
  --seed <file>                JSON file with accounts, teams, apps and pipelines to create
  --postgres-delay <seconds>   minimum time to provision Heroku Postgres (default 0)
  --redis-delay <seconds>      minimum time to provision Heroku Key-Value Store (default 0)
  --destroy                    remove its containers, volumes and networks, and exit
  --help                       print this help
`;

/** Parses the command line; throws a {@link UsageError} for invalid options. */
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
