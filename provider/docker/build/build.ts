import { createReadStream, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import { plainText } from "../../text";
import type { Engine } from "../engine";
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
  /** Name to give the image. @default none */
  tag?: string;
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
  const log = new BuildLog((line) => progress(plainText(line)));
  const session = await BuildSession.open(engine);
  try {
    for await (const chunk of await startBuild(engine, order, session, signal)) log.take(String(chunk));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    session.close();
  }
  signal.throwIfAborted();
  if (log.fault !== undefined) throw new BuildFailure(log.fault, log.failedStep, log.lastLines.map(plainText));
  if (log.imageId === undefined) throw new Error("image cannot be built, got no image from the builder; see its log");
  return log.imageId;
}

/** A step of the Dockerfile that failed. */
export class BuildFailure extends Error {
  override readonly name = "BuildFailure";

  constructor(
    readonly fault: string,
    /** The step, as in `RUN make`. */
    readonly step: string | undefined,
    /** The last lines that the build printed. */
    readonly output: readonly string[],
  ) {
    super(describeFailure(step ?? "image", fault, output));
  }
}

/** What failed, why, and what was printed last. */
export function describeFailure(step: string, fault: string, output: readonly string[]): string {
  const lines = [`${step} cannot be built, got "${plainText(fault).slice(0, 300)}"; correct it`, ...output];
  return lines.join("\n    ");
}

/** Aborting closes the request, which ends the build. */
function startBuild(
  { docker }: Engine,
  { context, dockerfile, target, tag }: BuildOrder,
  session: BuildSession,
  abortSignal: AbortSignal,
): Promise<Readable> {
  const named = { ...(target === undefined ? {} : { target }), ...(tag === undefined ? {} : { t: tag }) };
  const request = {
    method: "POST",
    path: "/build?",
    options: { version: "2", session: session.id, platform: PLATFORM, dockerfile, ...named },
    file: packContext(context),
    isStream: true,
    abortSignal,
    statusCodes: { 200: true },
  };
  return new Promise((resolve, reject) => {
    docker.modem.dial(request, (error, report) => (report instanceof Readable ? resolve(report) : reject(error)));
  });
}

/** The context as an archive whose entries belong to root, as those of the Docker provider do. */
function packContext(folder: string): NodeJS.ReadableStream {
  const archive = pack();
  const fill = async () => {
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const file = join(folder, path);
      const stat = lstatSync(file);
      const header = { name: path.replaceAll("\\", "/"), mode: stat.mode & 0o777, mtime: stat.mtime };
      if (stat.isSymbolicLink()) archive.entry({ ...header, type: "symlink", linkname: readlinkSync(file) });
      else if (stat.isDirectory()) archive.entry({ ...header, type: "directory" });
      else await pipeline(createReadStream(file), archive.entry({ ...header, size: stat.size }));
    }
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  return Readable.from(archive);
}
