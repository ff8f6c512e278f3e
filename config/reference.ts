import yaml from "js-yaml";
import { keys } from "./keys";
import { type Described, type Entry, settingOf } from "./setting";

const entries: Readonly<Record<string, Entry>> = keys.entries;

const GENERATED = "generated from config/keys.ts by `npm run generate`";

/**
 * Pulumi.yaml with the schema of the configuration, its last part. Optional keys without a default are left out, since
 * Pulumi requires a value for every key in the schema.
 */
export function withSchema(pulumiYaml: string): string {
  const schema = Object.entries(entries).flatMap(([key, entry]) => {
    const setting = settingOf(entry);
    const isOptional = "wrapped" in entry;
    if (isOptional && entry.default === undefined) return [];
    const { yamlType, rule } = setting;
    const items = yamlType === "array" ? { items: { type: rule?.type } } : {};
    const standard = isOptional ? { default: entry.default } : {};
    return [[key, { type: yamlType, ...items, ...standard, description: descriptionOf(setting) }]];
  });
  const dumped = yaml.dump({ config: Object.fromEntries(schema) }, { lineWidth: 116 });
  const start = pulumiYaml.search(/^(# .*generated.*\n)?config:$/m);
  return `${pulumiYaml.slice(0, start)}# The rest is ${GENERATED}; README.md has every key.\n${dumped}`;
}

/** A description with the names of an object's settings. */
function descriptionOf(setting: Described): string {
  const inner = setting.entries ?? setting.each?.entries;
  return inner === undefined
    ? setting.description
    : `${setting.description} Settings: ${Object.keys(inner).join(", ")}.`;
}

/** README.md with the table of all settings between its two marks. */
export function withTable(readme: string): string {
  const rows = rowsOf("", entries).map((cells) => `| ${cells.join(" | ")} |`);
  const head = ["| key (`skechwime:…`) | must be | default | what |", "|---|---|---|---|"];
  const table = [`<!-- settings: ${GENERATED} -->`, ...head, ...rows, "<!-- end of settings -->"].join("\n");
  return readme.replace(/<!-- settings.*<!-- end of settings -->/s, () => table);
}

function rowsOf(prefix: string, of: Readonly<Record<string, Entry>>): string[][] {
  return Object.entries(of).flatMap(([key, entry]) => {
    const setting = settingOf(entry);
    const path = `${prefix}${key}`;
    const row = [`\`${path}\``, kindOf(setting), defaultOf(entry), setting.description.replaceAll("|", "\\|")];
    const inner = setting.each === undefined ? "." : ".*.";
    return [row, ...rowsOf(`${path}${inner}`, setting.entries ?? setting.each?.entries ?? {})];
  });
}

function kindOf({ yamlType, rule, secret }: Described): string {
  const each = rule === undefined || rule.type !== "string" || rule.what === "text" ? "" : `, each ${rule.what}`;
  const kind = { array: `list${each}`, object: `map${each}` };
  const words = yamlType === "array" || yamlType === "object" ? kind[yamlType] : (rule?.what ?? yamlType);
  return secret ? `${words}; encrypted` : words;
}

function defaultOf(entry: Entry): string {
  if (!("wrapped" in entry)) return "required";
  if (entry.otherwise !== undefined) return entry.otherwise;
  const isEmpty = typeof entry.default === "object" && Object.keys(entry.default ?? {}).length === 0;
  return isEmpty && entry.wrapped.entries === undefined
    ? "none"
    : `\`${yaml.dump(entry.default, { flowLevel: 0 }).trim()}\``;
}
