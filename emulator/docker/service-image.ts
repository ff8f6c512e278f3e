import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { completion } from "./completion";
import { type Engine, unless } from "./engine";

const FOLDER = join(__dirname, "service-image");
const LAST_LINES = 20;
const SHOWN_LENGTH = 100;

/** The image cannot be built. The message ends with the last lines of the build's output. */
class ServiceImageError extends Error {
  override readonly name = "ServiceImageError";

  constructor(cause: Error, lines: readonly string[]) {
    const first = `the image of the data services cannot be built, got "${cause.message}"; correct it and start again`;
    super([first, ...lines].join("\n    "), { cause });
  }
}

/**
 * The reference of the image with PostgreSQL, Valkey and the registry, built if it is missing. Its tag is a digest of
 * its sources: it is built once for all runs and instances.
 */
export async function ensureServiceImage(engine: Engine, progress: (line: string) => void): Promise<string> {
  const names = (await readdir(FOLDER)).sort();
  const files = await Promise.all(names.map(async (name) => ({ name, content: await readFile(join(FOLDER, name)) })));
  const hash = createHash("sha256");
  for (const { name, content } of files) hash.update(`${name}\0${content.length}\0`).update(content);
  const reference = `local-heroku-services:${hash.digest("hex").slice(0, 12)}`;
  const image = await engine.docker.getImage(reference).inspect().catch(unless(404, undefined));
  if (image) return reference;

  progress("building the image of the data services; this happens once and takes a minute");
  const context = pack();
  for (const { name, content } of files) context.entry({ name }, content);
  context.finalize();
  const output = await engine.docker.buildImage(Readable.from(context), { t: reference, forcerm: true });
  const last: string[] = [];
  const printed = (text: string) => {
    // "Step 2/8 : RUN apt-get update"
    if (text.startsWith("Step ")) progress(text.trim().replace(/\s+/g, " ").slice(0, SHOWN_LENGTH));
    last.push(...text.split("\n").filter((line) => line.trim() !== ""));
    last.splice(0, last.length - LAST_LINES);
  };
  await completion(engine.docker, output, printed).catch((error: Error) => {
    throw new ServiceImageError(error, last);
  });
  return reference;
}
