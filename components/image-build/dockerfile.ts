import { isSameStage, parseDockerfile } from "../../images/dockerfile";

/** Names of the stages of a Dockerfile's text, in order. */
export const targetsOf = (dockerfile: string): string[] =>
  parseDockerfile(dockerfile).flatMap(({ name }) => name ?? []);

/** Name of the stage that adds the labels to another. BuildKit refuses capitals in what a stage is built from. */
const labelledStage = (stage: string): string => `labelled-${stage.toLowerCase()}`;

/** Longest line of labels in bytes. A line of a Dockerfile may have 65,535. */
const LONGEST_LINE = 60_000;

/** Name of the stage that gives another one the command of a process type. */
const commandStage = (type: string): string => `command-${type.toLowerCase()}`;

/** What a process type is built from. */
export interface StageOrder {
  /** Stage of the Dockerfile. @default the last one */
  target?: string | undefined;
  /** Shell command instead of the image's own. */
  command?: string | undefined;
}

/**
 * A Dockerfile with further stages after its own: one for each of them that adds labels, and one for each process type with a
 * command. Process types go on sharing all layers, and the lines of the Dockerfile stay where they are. Returns the text, and
 * the stage to build for a process type.
 */
export function withStages(
  dockerfile: string,
  labels: Readonly<Record<string, string>>,
  types: Readonly<Record<string, StageOrder>>,
): { text: string; targetOf(type: string): string | undefined } {
  const stages = parseDockerfile(dockerfile);
  const last = stages.at(-1);
  const isLabelled = Object.keys(labels).length > 0;
  const commands = Object.entries(types).filter(([, { command }]) => command !== undefined);
  // A file without stages is for another frontend than Docker's own.
  if ((!isLabelled && commands.length === 0) || last === undefined) {
    return { text: dockerfile, targetOf: (type) => types[type]?.target };
  }
  const lastName = last.name ?? unusedName(targetsOf(dockerfile));
  const named = last.name === undefined ? insert(dockerfile, last.from.end, ` AS ${lastName}`) : dockerfile;
  // Cut after the last instruction: a continuation sign that follows it would take in the first line appended.
  const end = (last.instructions.at(-1) ?? last.from).end + named.length - dockerfile.length;
  const names = new Set([...targetsOf(dockerfile), lastName].map((name) => name.toLowerCase()));
  const baseOf = (target = lastName) => (isLabelled ? labelledStage(target) : target.toLowerCase());
  const labelled = isLabelled
    ? [...names].map((name) => `FROM ${name} AS ${labelledStage(name)}\n${labelLines(labels).join("")}`)
    : [];
  const commanded = commands.map(([type, { target, command = "" }]) => {
    return `FROM ${baseOf(target)} AS ${commandStage(type)}\nCMD ${JSON.stringify(["/bin/sh", "-c", command])}\n`;
  });
  return {
    text: `${named.slice(0, end)}\n\n${[...labelled, ...commanded].join("")}`,
    targetOf: (type) => (types[type]?.command === undefined ? baseOf(types[type]?.target) : commandStage(type)),
  };
}

/** Whether a text needs no escaping between quotes in a Dockerfile. */
export const isLabelText = (text: string): boolean => /^[\w.,:;/?#@!&'()*+=%~[\] -]*$/.test(text);

function unusedName(taken: readonly string[]): string {
  let name = "last-stage";
  while (taken.some((other) => isSameStage(other, name))) name += "-";
  return name;
}

/** Values contain nothing that a Dockerfile would expand: see {@link isLabelText}. */
function labelLines(labels: Readonly<Record<string, string>>): string[] {
  const lines: string[] = [];
  for (const label of Object.entries(labels).map(([name, value]) => ` ${name}="${value}"`)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + label.length <= LONGEST_LINE) lines[lines.length - 1] = line + label;
    else lines.push(label);
  }
  return lines.map((line) => `LABEL${line}\n`);
}

const insert = (text: string, at: number, addition: string): string => text.slice(0, at) + addition + text.slice(at);
