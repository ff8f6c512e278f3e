import { createReadStream, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import { plainText } from "../heroku/release-phase";
import { BuildLog } from "./build-log";
import type { Engine } from "./engine";

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
  { docker }: Engine,
  { context, dockerfile, target, tag }: BuildOrder,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<string> {
  const report = await docker.buildImage(packContext(context), {
    version: "2",
    platform: PLATFORM,
    dockerfile,
    ...(target === undefined ? {} : { target }),
    ...(tag === undefined ? {} : { t: tag }),
  });
  const stop = () => "destroy" in report && typeof report.destroy === "function" && report.destroy();
  signal.addEventListener("abort", stop, { once: true });
  const log = new BuildLog((line) => progress(plainText(line)));
  try {
    for await (const chunk of report) log.take(String(chunk));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  signal.throwIfAborted();
  if (log.fault !== undefined) {
    const output = log.lastLines.map((line) => `\n  ${plainText(line)}`).join("");
    throw new Error(`image cannot be built, got "${plainText(log.fault)}"; correct the Dockerfile's step${output}`);
  }
  if (log.imageId === undefined) throw new Error("image cannot be built, got no image from the builder; see its log");
  return log.imageId;
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
