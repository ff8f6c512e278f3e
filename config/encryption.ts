import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

/**
 * Whether a key is encrypted in the stack's file. The engine reports this to the program, also if only one value of it
 * is.
 */
export function isEncrypted(key: string): boolean {
  const keys: unknown = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]");
  return Array.isArray(keys) && keys.includes(key);
}

/** Paths of the values of a key that anyone can read in the stack's file. */
export function readablePaths(project: string, key: string): string[] {
  const path = `${project}:${key}`;
  if (!isEncrypted(path)) return [path];
  // Loaded here because it takes a while, and most stacks have no secrets of their own.
  const { load }: typeof import("js-yaml") = require("js-yaml");
  const file = `Pulumi.${pulumi.getStack()}.yaml`;
  const { config = {} } = Object(existsSync(file) ? load(readFileSync(file, "utf8")) : {});
  return readableBelow(path, config[path] ?? config[key] ?? {});
}

/** An encrypted value is written as `{secure: …}`. */
function readableBelow(path: string, value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [path];
  if (Array.isArray(value)) return value.flatMap((item, i) => readableBelow(`${path}[${i}]`, item));
  if ("secure" in value) return [];
  return Object.entries(value).flatMap(([name, inner]) => readableBelow(`${path}.${name}`, inner));
}
