import yaml from "js-yaml";

/** A key of the stack file with what a reader should know about it. */
export interface Setting {
  key: string;
  comments: string[];
  value: Value;
}

export type Value = string | number | boolean | readonly string[] | { settings: Setting[] };

export const setting = (key: string, value: Value, ...comments: (string | undefined)[]): Setting => ({
  key,
  value,
  comments: comments.filter((comment) => comment !== undefined),
});

/** A map of texts, each with where it was found or why it was guessed. */
export const settings = (list: readonly Setting[]): Value => ({ settings: [...list] });

const WIDTH = 120;

/** The lines of some settings as YAML, each below its comments. */
export function writeSettings(list: readonly Setting[], indent = ""): string {
  return list.map((one) => written(one, indent)).join("");
}

function written({ key, value, comments }: Setting, indent: string): string {
  const remarks = comments.map((comment) => comment.trim()).filter(Boolean);
  const before = remarks
    .flatMap((remark) => wrapped(remark, WIDTH - indent.length - 2))
    .map((line) => `${indent}# ${line}\n`);
  return `${before.join("")}${indent}${yamlKey(key)}:${valueText(value, indent)}`;
}

function valueText(value: Value, indent: string): string {
  if (typeof value === "object" && "settings" in value) {
    return value.settings.length === 0 ? " {}\n" : `\n${writeSettings(value.settings, `${indent}  `)}`;
  }
  if (typeof value === "string" && value.length + indent.length > WIDTH - 30 && isFoldable(value)) {
    const lines = wrapped(value, WIDTH - indent.length - 2).map((line) => `${indent}  ${line}\n`);
    return ` >-\n${lines.join("")}`;
  }
  const list = Array.isArray(value) ? value : [];
  if (list.join(", ").length > WIDTH - 40) return `\n${list.map((item) => `${indent}  - ${item}\n`).join("")}`;
  return ` ${yaml.dump(value, { flowLevel: 0, lineWidth: -1 }).trim()}\n`;
}

const yamlKey = (key: string): string => (/^[\w:.-]+$/.test(key) ? key : JSON.stringify(key));

/** A folded text gets one space where its lines end, so it may have no others there. */
const isFoldable = (text: string): boolean => !/ {2}|[\n\t]|^ | $/.test(text);

export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
