import { createHash, type Hash } from "node:crypto";
import { createReadStream, lstatSync, readlinkSync, type Stats } from "node:fs";
import { join, posix } from "node:path";
import { pipeline } from "node:stream/promises";
import { contextEntries } from "../../../../provider/docker/build/context";
import { IgnoreRules } from "../../../../provider/docker/build/ignore-rules";

/**
 * Digest of all that a build depends on: the Dockerfile, and name, mode and content of each file of the context. It is the
 * same as the official provider's, so that neither sees a change in what the other has built.
 */
export async function contextDigest(context: string, dockerfile: string): Promise<string> {
  const digest = createHash("sha256");
  // The Dockerfile counts under this name whatever its own is, and a second time where it lies in the context.
  add(digest, "Dockerfile", "----------", await fileDigest(dockerfile));
  let passedOver: string | undefined;
  for (const { path, stat } of contextEntries(context, IgnoreRules.of(context, dockerfile))) {
    if (stat.isDirectory() || (passedOver !== undefined && path.startsWith(passedOver))) continue;
    const content = await contentDigest(join(context, path), stat);
    // A link that leads nowhere keeps the official provider from looking at the rest of its folder.
    if (content === undefined) passedOver = path.replace(/[^/]*$/, "");
    else add(digest, path, modeText(stat), content);
  }
  return digest.digest("hex");
}

function add(digest: Hash, name: string, mode: string, content: Buffer): void {
  digest.update(posix.normalize(name)).update(mode).update(content).update("\0");
}

async function contentDigest(path: string, stat: Stats): Promise<Buffer | undefined> {
  if (stat.isFile()) return fileDigest(path);
  const hash = createHash("sha256");
  if (!stat.isSymbolicLink()) return hash.digest();
  const target = resolved(path);
  return target === undefined ? undefined : hash.update(target).digest();
}

async function fileDigest(path: string): Promise<Buffer> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest();
}

/** A mode as Go writes it: `-rw-r--r--`, with letters for what is no plain file and for special bits before it. */
function modeText(stat: Stats): string {
  const letters = [
    stat.isSymbolicLink() && "L",
    (stat.isBlockDevice() || stat.isCharacterDevice()) && "D",
    stat.isFIFO() && "p",
    stat.mode & 0o4000 && "u",
    stat.mode & 0o2000 && "g",
    stat.isCharacterDevice() && "c",
    stat.mode & 0o1000 && "t",
  ].filter(Boolean);
  const permissions = [..."rwxrwxrwx"].map((letter, at) => (stat.mode & (0o400 >> at) ? letter : "-"));
  return [letters.join("") || "-", ...permissions].join("");
}

/**
 * Where a link leads in the end, followed name by name: a relative path stays relative, so that it is the same elsewhere.
 * Undefined when nothing is there.
 */
function resolved(path: string): string | undefined {
  let rest = path.split("/");
  let found = path.startsWith("/") ? "/" : "";
  for (let links = 0; rest.length > 0; ) {
    const [name = "", ...others] = rest;
    rest = others;
    if (name === "" || name === ".") continue;
    const next = posix.join(found, name);
    const stat = name === ".." ? undefined : lstatSync(next, { throwIfNoEntry: false });
    if (name !== ".." && stat === undefined) return undefined;
    if (!stat?.isSymbolicLink()) {
      found = next;
      continue;
    }
    links += 1;
    if (links > 255)
      throw new Error(`a link in the build context must lead somewhere, got a circle at ${path}; remove it`);
    const target = readlinkSync(next);
    rest = [...target.split("/"), ...rest];
    if (target.startsWith("/")) found = "/";
  }
  return posix.normalize(found);
}
