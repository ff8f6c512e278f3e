import { readFileSync } from "node:fs";
import yaml from "js-yaml";

/** What the engine would read from Pulumi.yaml and the stack's file. */
export interface Project {
  name: string;
  stack: string;
  /** Configuration as the language host hands it over: text as it is, everything else as JSON. */
  config: Record<string, string>;
}

/** Reads a stack's configuration, with the defaults that Pulumi.yaml declares. Encrypted values need the engine. */
export function readProject(stack: string): Project {
  const project = asMap(yaml.load(readFileSync("Pulumi.yaml", "utf8")));
  const name = String(project.name);
  const file = `Pulumi.${stack}.yaml`;
  const given = asMap(asMap(yaml.load(readFileSync(file, "utf8"))).config);
  const config: Record<string, string> = {};
  for (const [key, declaration] of Object.entries(asMap(project.config))) {
    const { default: value } = asMap(declaration);
    if (value !== undefined) config[`${name}:${key}`] = asText(value);
  }
  for (const [key, value] of Object.entries(given)) {
    if ("secure" in asMap(value)) throw new Error(`${key} in ${file} is encrypted, which only the Pulumi CLI can read`);
    config[key] = asText(value);
  }
  return { name, stack, config };
}

const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
