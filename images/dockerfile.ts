/** One instruction of a Dockerfile. */
export interface Instruction {
  /** Line that it begins on, from 1. */
  line: number;
  /** In capitals: `RUN`. */
  name: string;
  /** The whole instruction on one line, without its heredocs. */
  text: string;
  /** Offset in the file at which it ends, before white space and line break. */
  end: number;
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

/**
 * Reads the stages of a Dockerfile by the rules of BuildKit's own parser. Does not use dockerfile-ast, which takes `<<`
 * inside quotes for a heredoc and so loses the rest of the file; loading it would also add 70 ms to every preview.
 */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === "FROM") stages.push(stageOf(instruction));
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** Whether two names mean the same stage: capitals make no difference. */
export const isSameStage = (one: string | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();

/** The target, or the last stage, and the stages that it is built from, down to the one that is built from an image. */
export function stageChain(stages: readonly Stage[], target: string | undefined): Stage[] {
  const named = (name: string, before: number) =>
    stages
      .slice(0, before)
      .map((stage) => isSameStage(stage.name, name))
      .lastIndexOf(true);
  let at = target === undefined ? stages.length - 1 : named(target, stages.length);
  const chain: Stage[] = [];
  for (let stage = stages[at]; stage !== undefined; stage = stages[at]) {
    chain.push(stage);
    at = named(stage.base, at);
  }
  return chain;
}

/** Whether a stage was appended to the user's: it adds labels or the command of a process type. */
export function isAppended({ name = "", instructions }: Stage): boolean {
  const added = /^(labelled|command)-/.exec(name)?.[1];
  const only = added === "command" ? "CMD" : "LABEL";
  return added !== undefined && instructions.length > 0 && instructions.every((one) => one.name === only);
}

function stageOf(from: Instruction): Stage {
  const words = from.text.split(" ").slice(1);
  const [base = "", as, name] = words.filter((word) => !word.startsWith("--"));
  return { name: as?.toUpperCase() === "AS" ? name : undefined, base, from, instructions: [] };
}

interface Line {
  text: string;
  /** Offset of its first character in the file. */
  start: number;
}

function instructionsOf(text: string): Instruction[] {
  const lines = linesOf(text);
  const continuation = escapeOf(lines) === "`" ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = at;
    if (isSkipped(lines[first])) continue;
    let whole = "";
    let end = 0;
    for (let line = lines[at]; line !== undefined; line = lines[++at]) {
      // Comments and empty lines within an instruction are not part of it.
      if (at > first && isSkipped(line)) continue;
      const part = line.text.replace(continuation, "$1");
      whole += part;
      if (part.trim() !== "") end = line.start + part.trimEnd().length;
      if (part === line.text) break;
    }
    const words = whole.trim().split(/\s+/);
    const name = words[0]?.toUpperCase() ?? "";
    for (const heredoc of heredocsOf(name, whole)) {
      at = lines.findIndex((line, index) => index > at && heredoc.isEnd(line.text));
      if (at < 0) at = lines.length;
      const last = lines[at] ?? lines.at(-1);
      if (last !== undefined) end = last.start + last.text.trimEnd().length;
    }
    found.push({ line: first + 1, name, text: words.join(" "), end });
  }
  return found;
}

/** Lines without their ends, and without the byte order mark that some editors put first. */
function linesOf(text: string): Line[] {
  const bodyStart = text.startsWith("\uFEFF") ? 1 : 0;
  let start = bodyStart;
  return text
    .slice(bodyStart)
    .split("\n")
    .map((line) => {
      const found = { text: line.replace(/\r+$/, ""), start };
      start += line.length + 1;
      return found;
    });
}

const isSkipped = (line: Line | undefined): boolean => line === undefined || /^\s*(#|$)/.test(line.text);

/** The sign that continues a line. Directives such as `# escape=` must come first in the file, even before comments. */
function escapeOf(lines: readonly Line[]): string {
  for (const { text } of lines) {
    const [, name = "", value] = /^\s*#\s*(syntax|escape|check)\s*=\s*(.+?)\s*$/i.exec(text) ?? [];
    if (name === "") break;
    if (name.toLowerCase() === "escape" && value !== undefined) return value;
  }
  return "\\";
}

/** A word of a shell command, with its quotes. */
const WORD = /(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+/g;

/** How the heredocs of an instruction end (`<<END`). The sign has to begin a word outside of quotes. */
function heredocsOf(instruction: string, text: string): { isEnd(line: string): boolean }[] {
  const command = instruction === "ONBUILD" ? text.replace(/^\s*\S+/, "") : text;
  const [, name = "", rest = ""] = /^\s*(\S+)\s*((?:.|\n)*)$/.exec(command) ?? [];
  const parameters = rest.replace(/^(--\S+\s+)*/, "");
  if (!["RUN", "COPY", "ADD"].includes(name.toUpperCase()) || isJson(parameters)) return [];
  return (parameters.match(WORD) ?? []).flatMap((word) => {
    const [, dash, quoted] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    if (quoted === undefined) return [];
    const end = quoted.replace(/["'\\]/g, "");
    return [{ isEnd: (line: string) => (dash === "-" ? line.replace(/^\t+/, "") : line) === end }];
  });
}

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
