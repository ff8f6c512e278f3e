/** A call of a function, as it stands in a source. */
export interface Call {
  /** Name of the function with its dots: `env.bool`. */
  name: string;
  args: string[];
  offset: number;
}

/** Blanks comments and texts in triple quotes, so that nothing is found in them and offsets stay. */
export function withoutComments(source: string): string {
  const blank = (text: string) => text.replaceAll(/[^\n]/g, " ");
  const parts = /"""[\s\S]*?"""|'''[\s\S]*?'''|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(#[^\n]*)/g;
  return source.replaceAll(parts, (part: string, text?: string) => text ?? blank(part));
}

/** Calls of functions whose names match, with their arguments. */
export function callsOf(source: string, names: RegExp): Call[] {
  return [...source.matchAll(/([A-Za-z_][\w.]*)\(/g)].flatMap((match) => {
    const name = match[1] ?? "";
    if (!names.test(name)) return [];
    return [{ name, args: argumentsAt(source, match.index + match[0].length), offset: match.index }];
  });
}

function argumentsAt(source: string, start: number): string[] {
  const args: string[] = [];
  let depth = 0;
  let quote = "";
  let from = start;
  for (let at = start; at < source.length; at++) {
    const char = source[at] ?? "";
    if (quote !== "") {
      if (char === "\\") at += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) {
      if (depth === 0) return [...args, source.slice(from, at)].map((arg) => arg.trim()).filter(Boolean);
      depth -= 1;
    } else if (char === "," && depth === 0) {
      args.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return args;
}

/** The text that a literal stands for; undefined for anything else. */
export const literal = (source: string | undefined): string | undefined =>
  /^[rbuf]?(["'])((?:[^\\])*?)\1$/.exec(source ?? "")?.[2];

/** The first line of the statement that holds an offset. */
export function statementOf(source: string, offset: number): { text: string; isConditional: boolean } {
  const lines = source.slice(0, offset).split("\n");
  let head = lines.at(-1) ?? "";
  for (let at = lines.length - 1; at >= 0; at--) {
    head = lines[at] ?? "";
    // The end of a list at the margin belongs to the statement above it.
    if (/^[^\s)\]}]/.test(head)) break;
  }
  const line = head + (source.slice(offset).split("\n")[0] ?? "");
  const isBlock = /^(if|elif|else|try|except|finally|for|while|with|def|class|async)\b/.test(head);
  return { text: line, isConditional: isBlock && lines.at(-1) !== head };
}
