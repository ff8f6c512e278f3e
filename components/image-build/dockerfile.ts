import { readFileSync } from "node:fs";

/** Names of the stages of a Dockerfile, in order. */
export function dockerfileTargets(path: string): string[] {
  return stagesOf(readFileSync(path, "utf8"));
}

const stagesOf = (text: string): string[] =>
  [...text.matchAll(/^\s*FROM\s+.+\s+AS\s+(\S+)\s*$/gim)].flatMap((match) => match[1] ?? []);

/** A last stage without a name is given this one, to be built from. */
const LAST = "last-stage";

/** Name of the stage that adds the labels to a stage, or to the last one. */
const labelledStage = (stage: string): string => `labelled-${stage}`;

/**
 * A Dockerfile with a further stage for each of its own, which adds labels and nothing else: process types go on sharing
 * all layers, and the lines of the Dockerfile stay where they are. Answers the text and the stage to build for a target.
 */
export function withLabels(
  dockerfile: string,
  labels: Readonly<Record<string, string>>,
  target: string | undefined,
): { text: string; target: string | undefined } {
  if (Object.keys(labels).length === 0) return { text: dockerfile, target };
  const named = nameLastStage(dockerfile);
  const stages = stagesOf(named);
  // Values hold nothing that a Dockerfile would expand: see `isLabelText`.
  const label = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const added = stages.map((stage) => `FROM ${stage} AS ${labelledStage(stage)}\nLABEL ${label.join(" ")}\n`);
  const last = stages.at(-1) ?? LAST;
  return { text: `${named.trimEnd()}\n\n${added.join("")}`, target: labelledStage(target ?? last) };
}

/** Whether a text can stand between quotes in a Dockerfile as it is. */
export const isLabelText = (text: string): boolean => /^[\w.,:;/?#@!&'()*+=%~[\] -]*$/.test(text);

function nameLastStage(text: string): string {
  const last = [...text.matchAll(/^[ \t]*FROM[ \t].*$/gim)].at(-1);
  const line = last?.[0].trimEnd() ?? "";
  if (last === undefined || /\sAS\s+\S+$/i.test(line)) return text;
  return `${text.slice(0, last.index)}${line} AS ${LAST}${text.slice(last.index + last[0].length)}`;
}
