import { createReadStream, lstatSync, readdirSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import { IgnoreRules, type Verdict } from "./ignore-rules";

/** A file or folder that the builder gets to see. */
export interface ContextEntry {
  /** Path inside the context, with forward slashes. */
  path: string;
  stat: Stats;
}

/** What of a build context is not ignored, each folder before what is in it, in the order of the names' bytes. */
export function* contextEntries(context: string, rules: IgnoreRules): Generator<ContextEntry> {
  yield* entriesIn(context, "", rules, undefined);
}

function* entriesIn(
  context: string,
  folder: string,
  rules: IgnoreRules,
  parent: Verdict | undefined,
): Generator<ContextEntry> {
  for (const name of namesIn(join(context, folder), parent?.ignored === true)) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const stat = lstatSync(join(context, path));
    const verdict = rules.judge(path, parent);
    if (!verdict.ignored) yield { path, stat };
    // An exception may take something below an ignored folder back in.
    if (stat.isDirectory() && (!verdict.ignored || rules.hasExceptions)) {
      yield* entriesIn(context, path, rules, verdict);
    }
  }
}

function namesIn(folder: string, isIgnored: boolean): string[] {
  try {
    return readdirSync(folder).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  } catch (error) {
    // What is ignored need not be readable.
    if (isIgnored && Object(error).code === "EACCES") return [];
    throw error;
  }
}

/** The context as an archive whose entries belong to root, as those of the Docker provider do. */
export function packContext(context: string, dockerfile: string): NodeJS.ReadableStream {
  const archive = pack();
  // The builder needs these two, whatever is ignored.
  const rules = IgnoreRules.of(context, join(context, dockerfile)).except(".dockerignore", dockerfile);
  const fill = async () => {
    for (const { path, stat } of contextEntries(context, rules)) {
      const header = { name: path, mode: stat.mode & 0o7777, mtime: stat.mtime };
      const file = join(context, path);
      if (stat.isSymbolicLink()) archive.entry({ ...header, type: "symlink", linkname: readlinkSync(file) });
      else if (stat.isDirectory()) archive.entry({ ...header, type: "directory" });
      else if (stat.isFile()) await pipeline(createReadStream(file), archive.entry({ ...header, size: stat.size }));
    }
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  return Readable.from(archive);
}
