/** One instruction of a Dockerfile. */
export interface Instruction {
  /** Line that it begins on, from 1. */
  line: number;
  /** In capitals: `RUN`. */
  name: string;
  /** The whole instruction on one line. */
  text: string;
}

/** From one FROM to the next. */
export interface Stage {
  name: string | undefined;
  /** What it is built from: another stage's name, or an image. */
  base: string;
  from: Instruction;
  /** What follows its FROM. */
  instructions: Instruction[];
}

/** Reads the stages of a Dockerfile, as far as it takes to point at a line. */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === "FROM") stages.push(stageOf(instruction));
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** The target, or the last stage, and the stages that it is built from, down to the one that is built from an image. */
export function stageChain(stages: readonly Stage[], target: string | undefined): Stage[] {
  const named = (name: string, before: number) =>
    stages
      .slice(0, before)
      .map((stage) => stage.name?.toLowerCase())
      .lastIndexOf(name.toLowerCase());
  let at = target === undefined ? stages.length - 1 : named(target, stages.length);
  const chain: Stage[] = [];
  for (let stage = stages[at]; stage !== undefined; stage = stages[at]) {
    chain.push(stage);
    at = named(stage.base, at);
  }
  return chain;
}

/** Whether a stage was appended to the user's: it adds labels, which says nothing of how the image runs. */
export function onlyLabels({ instructions }: Stage): boolean {
  return instructions.length > 0 && instructions.every(({ name }) => name === "LABEL");
}

function stageOf(from: Instruction): Stage {
  const words = from.text.split(/\s+/).slice(1);
  const [base = "", as, name] = words.filter((word) => !word.startsWith("--"));
  return { name: as?.toUpperCase() === "AS" ? name : undefined, base, from, instructions: [] };
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split(/\r?\n/);
  const goesOn = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 200)) ? "`" : "\\";
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at]?.trim() ?? "";
    if (first === "" || first.startsWith("#")) continue;
    const line = at + 1;
    const parts: string[] = [];
    for (let part: string | undefined = first; part !== undefined; part = lines[++at]?.trim()) {
      // Comments and empty lines within an instruction are no part of it.
      if (parts.length > 0 && (part === "" || part.startsWith("#"))) continue;
      parts.push(part.endsWith(goesOn) ? part.slice(0, -1).trim() : part);
      if (!part.endsWith(goesOn)) break;
    }
    const whole = parts.join(" ");
    const name = whole.split(/\s/, 1)[0]?.toUpperCase() ?? "";
    found.push({ line, name, text: whole });
    if (["RUN", "COPY", "ADD"].includes(name)) at = endOfHeredocs(lines, at, whole);
  }
  return found;
}

/** The last line of what an instruction takes from the lines behind it (`<<END`). */
function endOfHeredocs(lines: readonly string[], at: number, instruction: string): number {
  let end = at;
  for (const [, word] of instruction.matchAll(/<<-?["']?(\w+)["']?/g)) {
    const found = lines.findIndex((line, index) => index > end && line.trim() === word);
    if (found > 0) end = found;
  }
  return end;
}
