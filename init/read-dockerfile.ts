import { type Instruction, parseDockerfile, type Stage, stageChain } from "../images/dockerfile";
import type { Found } from "./found";
import type { ProjectFiles } from "./project-files";
import { withoutShell } from "./shell";

/** A Dockerfile, with what choosing one depends on. */
export interface Dockerfile {
  path: string;
  stages: Stage[];
  /** Build arguments with their defaults. */
  args: (Found<string> & { name: string })[];
  /** Ids of the secrets that the build mounts. */
  secrets: Found<string>[];
  /** Sources of COPY and ADD that come from the build context. */
  sources: string[];
}

/** What one stage makes of an image, with what it inherits from the stages below. */
export interface Image {
  /** Image that its first stage is built from. */
  base: string;
  command: Found<string> | undefined;
  entrypoint: Found<string> | undefined;
  environment: Map<string, Found<string>>;
  ports: Found<number>[];
  healthCheck: Found<string> | undefined;
  workdir: string;
  /** Commands that the build runs. */
  runs: string[];
  /** Files of the context in the image. */
  copies: { from: string; to: string }[];
}

export function readDockerfile(files: ProjectFiles, path: string): Dockerfile {
  const text = files.read(path);
  const stages = parseDockerfile(text);
  const instructions = stages.flatMap((stage) => stage.instructions);
  return {
    path,
    stages,
    args: instructions.filter(named("ARG")).flatMap((instruction) => {
      const [, name = "", , value = ""] = /^ARG (\w+)(=(.*))?$/i.exec(instruction.text) ?? [];
      return name === "" ? [] : [{ name, value: unquoted(value), at: placeIn(path, instruction) }];
    }),
    secrets: instructions.filter(named("RUN")).flatMap((instruction) => {
      const mounts = [...instruction.text.matchAll(/--mount=(\S*type=secret\S*)/g)];
      return mounts.map(([, options = ""]) => ({
        value: /(?:^|,)id=([^,]+)/.exec(options)?.[1] ?? "default",
        at: placeIn(path, instruction),
      }));
    }),
    sources: instructions.flatMap(copied).map(({ from }) => from),
  };
}

/** The image that a Dockerfile makes of a target, or of its last stage. */
export function imageOf({ path, stages }: Dockerfile, target?: string): Image {
  const chain = stageChain(stages, target).reverse();
  const image: Image = {
    base: chain[0]?.base ?? "",
    command: undefined,
    entrypoint: undefined,
    environment: new Map(),
    ports: [],
    healthCheck: undefined,
    workdir: "/",
    runs: [],
    copies: [],
  };
  const known = new Map<string, string>();
  for (const instruction of chain.flatMap((stage) => stage.instructions)) {
    const at = placeIn(path, instruction);
    const rest = instruction.text.replace(/^\S+\s*/, "");
    const place = (text: string) => inFolder(image.workdir, expanded(unquoted(text), known));
    if (instruction.name === "CMD") image.command = { value: commandLine(rest), at };
    if (instruction.name === "ENTRYPOINT") image.entrypoint = { value: commandLine(rest), at };
    if (instruction.name === "HEALTHCHECK") image.healthCheck = { value: rest, at };
    if (instruction.name === "WORKDIR") image.workdir = place(rest);
    if (instruction.name === "RUN") image.runs.push(rest);
    if (instruction.name === "EXPOSE") {
      for (const [port = ""] of rest.matchAll(/\d+/g)) image.ports.push({ value: Number(port), at });
    }
    for (const { from, to } of copied(instruction)) image.copies.push({ from, to: place(to) });
    for (const [name, value] of assignments(instruction)) known.set(name, expanded(value, known));
    if (instruction.name === "ENV") {
      for (const [name] of pairs(rest)) image.environment.set(name, { value: known.get(name) ?? "", at });
    }
  }
  if (image.entrypoint?.value === "") image.entrypoint = undefined;
  return image;
}

/** The file of the context that lies at a path of the image, as COPY put it there. */
export function sourceOf(image: Image, context: string, files: ProjectFiles, path: string): string | undefined {
  const inImage = inFolder(image.workdir, path);
  for (const { from, to } of [...image.copies].reverse()) {
    const target = to.replace(/\/$/, "");
    const name = from.split("/").at(-1) ?? "";
    const candidates = [
      ...(inImage === target || inImage === `${target}/${name}` ? [from] : []),
      ...(inImage.startsWith(`${target}/`) ? [join(from, inImage.slice(target.length + 1))] : []),
    ];
    const found = candidates.map((candidate) => join(context, candidate)).find((candidate) => files.has(candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

const named = (name: string) => (instruction: Instruction) => instruction.name === name;
const placeIn = (path: string, { line }: Instruction): string => `${path}:${line}`;
const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, "$2");
const inFolder = (folder: string, path: string): string => normal(path.startsWith("/") ? path : `${folder}/${path}`);

/** Joins two paths of the context: `.` and `./` add nothing. */
export const join = (folder: string, path: string): string => normal(`${folder}/${path}`).replace(/^\//, "");

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}

/** What `ENV` and `ARG` set for the lines after them. */
function assignments({ name, text }: Instruction): [string, string][] {
  const rest = text.replace(/^\S+\s*/, "");
  if (name === "ENV") return pairs(rest);
  return name === "ARG" && rest.includes("=") ? pairs(rest) : [];
}

/** Replaces `$NAME`, `${NAME}` and `${NAME:-default}` by what is known. */
const expanded = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replaceAll(/\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g, (whole, braced, fallback, plain) => {
    return known.get(braced ?? plain) || fallback || whole;
  });

function commandLine(text: string): string {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words)) return withoutShell(words.map(String));
  } catch {
    // The shell form is no JSON.
  }
  return text.trim();
}

/** `ENV A=1 B="2 3"`, or the old `ENV A 1`. */
function pairs(text: string): [string, string][] {
  if (/^\w+\s+[^=]/.test(text)) return [[text.split(/\s/)[0] ?? "", unquoted(text.replace(/^\w+\s+/, ""))]];
  const found = text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g);
  return [...found].map(([, name = "", value = ""]) => [name, unquoted(value)]);
}

function copied({ name, text }: Instruction): { from: string; to: string }[] {
  if (!["COPY", "ADD"].includes(name) || /\s--from=/.test(text) || text.includes("<<")) return [];
  const rest = text.replace(/^\S+\s+/, "").replace(/^(--\S+\s+)*/, "");
  const words = rest.startsWith("[") ? [...rest.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word) : rest.split(" ");
  const to = words.at(-1) ?? "";
  const from = words.slice(0, -1).filter((word) => !/^(https?|git|ssh):|\$/.test(word));
  return from.map((source) => ({ from: join("", unquoted(source)), to: unquoted(to) }));
}
