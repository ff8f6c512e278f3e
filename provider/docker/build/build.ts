import { createWriteStream, mkdirSync, rmSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { plainText } from "../../text";
import type { Engine } from "../engine";
import { packContext } from "./context";
import { BuildLog } from "./log";
import { BuildSession } from "./session";

/** What to build. */
export interface BuildOrder {
  /** Folder with the build context. */
  context: string;
  /** The Dockerfile inside it. */
  dockerfile: string;
  /** @default the last stage */
  target?: string;
  /** @default linux/amd64 */
  platform?: string;
  /** Values of the Dockerfile's ARG instructions. */
  args?: Readonly<Record<string, string>>;
  /** Hosts that RUN instructions know, as `name:address`. */
  hosts?: readonly string[];
  /** Network of RUN instructions. */
  network?: string;
  /** File that takes all that the steps print, of every build of this process. */
  logFile: string;
}

export const PLATFORM = "linux/amd64";

/**
 * Builds with BuildKit, as the Docker provider does: whichever of the two comes second finds everything in the builder's
 * cache and gets the same image. Answers the image's id.
 */
export async function buildImage(
  engine: Engine,
  order: BuildOrder,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<string> {
  const session = await BuildSession.open(engine);
  const file = openLog(order.logFile);
  const log = new BuildLog({
    show: (line) => progress(plainText(line)),
    showsOutput: process.env.HEROKU_NATIVE_VERBOSE === "true",
    keep: (line) => file.write(`${plainText(line)}\n`),
  });
  try {
    for await (const chunk of await startBuild(engine, order, session, signal)) log.take(String(chunk));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    session.close();
    log.end();
    file.end();
  }
  signal.throwIfAborted();
  if (log.fault !== undefined)
    throw new BuildFailure(log.fault, log.failedStep, log.lastLines.map(plainText), order.logFile);
  if (log.imageId === undefined) {
    throw new Error(`image cannot be built, got no image from the builder; see ${order.logFile}`);
  }
  return log.imageId;
}

/** A step of the Dockerfile that failed. */
export class BuildFailure extends Error {
  override readonly name = "BuildFailure";

  constructor(
    readonly fault: string,
    /** The step, as in `RUN make`. */
    readonly step: string | undefined,
    /** The last lines that the step printed. */
    private readonly output: readonly string[],
    private readonly logFile: string,
  ) {
    super(fault);
    this.message = this.describe(step ?? "image");
  }

  /** What failed, as the user knows it, why, and what was printed last. */
  describe(step: string): string {
    const fault = plainText(this.fault).slice(0, 300);
    const line = `${step} cannot be built, got "${fault}"; correct it (the whole log is in ${this.logFile})`;
    return [line, ...this.output].join("\n    ");
  }
}

/** Log files of this process, which begin empty. */
const begun = new Set<string>();

/** A log that cannot be written, on a full disk for example, fails no build. */
function openLog(path: string): WriteStream {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (!begun.has(path)) rmSync(path, { force: true });
    begun.add(path);
  } catch {
    // Then the file cannot be opened either.
  }
  return createWriteStream(path, { flags: "a" }).on("error", () => {});
}

/** Aborting closes the request, which ends the build. */
function startBuild(
  { docker }: Engine,
  { context, dockerfile, target, platform = PLATFORM, args, hosts, network }: BuildOrder,
  session: BuildSession,
  abortSignal: AbortSignal,
): Promise<Readable> {
  const request = {
    method: "POST",
    path: "/build?",
    options: {
      version: "2",
      session: session.id,
      platform,
      dockerfile,
      ...(target === undefined ? {} : { target }),
      ...(args === undefined ? {} : { buildargs: args }),
      ...(hosts === undefined ? {} : { extrahosts: hosts }),
      ...(network === undefined ? {} : { networkmode: network }),
    },
    file: packContext(context, dockerfile),
    isStream: true,
    abortSignal,
    statusCodes: { 200: true },
  };
  return new Promise((resolve, reject) => {
    docker.modem.dial(request, (error, report) => (report instanceof Readable ? resolve(report) : reject(error)));
  });
}
