import { PLATFORM } from "../build/build";
import type { SourceLines } from "./source-lines";

/** What the engine tells of an image. */
export interface ImageFacts {
  /** As in `linux/amd64`. */
  platform: string;
  /** Platform of the builder itself, which a Dockerfile may ask for as $BUILDPLATFORM. */
  builder: string;
  command: readonly string[];
  user: string;
  /** Bytes, uncompressed. */
  size: number;
  /** What made it, oldest first. */
  history: readonly { size: number }[];
}

const MEGABYTE = 1_000_000;

export const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);

/** Commands of base images that end at once where nobody types. */
const interactive = ["bash", "sh", "dash", "ash", "python", "python3", "node", "irb"];

/** What can be found in an image without running it, and turned off by these names. */
export const IMAGE_CHECKS = { platform: platformIssue, command: commandIssue, size: sizeIssue } as const;

/** What works on Heroku in another way than the Dockerfile says. */
export function imageWarnings(image: Pick<ImageFacts, "user">, lines: SourceLines): string[] {
  const ignored = lines
    .all()
    .filter(({ name }) => ["VOLUME", "HEALTHCHECK", "SHELL", "STOPSIGNAL"].includes(name))
    .map((instruction) => `${lines.at(instruction)} is ignored by Heroku`);
  return [...ignored, ...rootWarning(image, lines)];
}

/** A builder marks an image as the one that was asked for, whatever base image the Dockerfile insists on. */
export function platformIssue(image: ImageFacts, lines: SourceLines): string | undefined {
  const { baseImage } = lines;
  const [, insisted = PLATFORM] = /--platform=(\S+)/.exec(baseImage.text) ?? [];
  const asked = insisted.replace(/\$\{?BUILDPLATFORM\}?/, image.builder).replace(/\$.*/, PLATFORM);
  const platform = [image.platform, asked].find((one) => !/^linux\/(amd64|x86[_-]64)/.test(one));
  if (platform === undefined) return undefined;
  const fix = baseImage.text.includes("--platform")
    ? "take --platform out"
    : `choose a base image that comes for ${PLATFORM}`;
  return `${lines.at(baseImage)} must make an image for ${PLATFORM}, got ${platform}; ${fix}`;
}

function commandIssue({ command }: ImageFacts, lines: SourceLines): string | undefined {
  const inherited = lines.last("CMD", "ENTRYPOINT") === undefined;
  const [word = ""] = command;
  const isShell = inherited && command.length === 1 && interactive.includes(word.split("/").at(-1) ?? "");
  if (command.length > 0 && !isShell) return undefined;
  const got = isShell ? `that of its base image, "${word}"` : "neither CMD nor ENTRYPOINT";
  return `${lines.at(lines.stage)} must have a command, got ${got}; add a CMD, e.g. CMD ["sh", "bin/start"]`;
}

/** Heroku runs such an image all the same, under a user id of its own. */
function rootWarning({ user }: Pick<ImageFacts, "user">, lines: SourceLines): string[] {
  const name = user.split(":", 1)[0] ?? "";
  if (!/^(root|0*)$/.test(name)) return [];
  const line = lines.last("USER");
  const where = line === undefined ? `${lines.at(lines.stage)} sets no USER` : `${lines.at(line)} is root`;
  return [
    `${where}: Heroku runs the image as another user, who can write only to /tmp and to what everybody can write`,
  ];
}

function sizeIssue({ size, history }: ImageFacts, lines: SourceLines, limit: number): string | undefined {
  if (size <= limit * MEGABYTE) return undefined;
  const all = lines.all();
  // The newest entries of the history are the Dockerfile's instructions, one each; older ones are the base image's.
  const first = history.length - lines.appended - all.length;
  const own = history.slice(first);
  const inherited = history.slice(0, first).reduce((sum, entry) => sum + entry.size, 0);
  const aligned = all.map((instruction, at) => ({ instruction, size: own[at]?.size ?? 0 }));
  const largest = aligned.reduce((most, one) => (one.size > most.size ? one : most), {
    instruction: lines.baseImage,
    size: inherited,
  });
  return (
    `${lines.at(largest.instruction)} makes ${megabytes(largest.size)} MB of an image that must be at most ${limit} MB, ` +
    `got ${megabytes(size)} MB; make it smaller, or raise preflight.sizeLimit`
  );
}
