import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import type { Issue } from "../validation/issue";
import { mustBe } from "../validation/rule";
import { readablePaths } from "./encryption";
import { keys, type RawSettings } from "./keys";
import { type Entry, settingOf } from "./setting";

const NOT_A_SETTING = "is not a setting; remove it or correct its spelling";

/** Names that JavaScript objects already have: the schema would skip them silently. */
const RESERVED_NAMES = ["__proto__", "constructor", "prototype"];

/** The valid keys of the project's own namespace, and the issues of the others. */
export function readKeys(project: string): { read: Partial<RawSettings>; issues: Issue[] } {
  const config = new pulumi.Config(project);
  const issues: Issue[] = [];
  const read: Record<string, unknown> = {};
  const entries: Readonly<Record<string, v.GenericSchema & Entry>> = keys.entries;
  for (const [key, entry] of Object.entries(entries)) {
    const path = `${project}:${key}`;
    const text = config.get(key);
    const given = text === undefined || settingOf(entry).yamlType === "string" ? text : parseJson(text);
    const reserved = reservedNames(path, given);
    const result = v.safeParse(entry, given);
    if (reserved.length > 0) issues.push(...reserved);
    else if (result.success) read[key] = result.output;
    else issues.push(...issuesOf(path, result.issues));
  }
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const name = key.startsWith(`${project}:`) ? key.slice(project.length + 1) : undefined;
    if (name !== undefined && !Object.hasOwn(entries, name)) issues.push({ propertyPath: key, reason: NOT_A_SETTING });
  }
  for (const [key, entry] of Object.entries(entries)) {
    if (!settingOf(entry).secret || Object.keys(read[key] ?? {}).length === 0) continue;
    for (const propertyPath of readablePaths(project, key)) {
      const fix = `pulumi config set --secret --path '${propertyPath}'`;
      issues.push({ propertyPath, reason: `must be encrypted; set it with: ${fix}` });
    }
  }
  return { read, issues };
}

/** Pulumi passes text unchanged, and everything else as JSON. Invalid JSON stays text, for the schema to refuse. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Translates a schema's issues. Those of rules have their own wording. */
function issuesOf(key: string, issues: readonly v.BaseIssue<unknown>[]): Issue[] {
  return issues.map((issue) => {
    const steps = (issue.path ?? []).map(({ type, key }) => (type === "array" ? `[${key}]` : `.${String(key)}`));
    const propertyPath = `${key}${steps.join("")}`;
    return { propertyPath, reason: reasonOf(issue) };
  });
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "custom") return issue.message;
  if (issue.expected === "never") return NOT_A_SETTING;
  if (issue.received === "undefined") return "is missing; add it to the stack's file";
  const wanted = issue.type === "array" ? "a list" : "a map of names to values";
  return mustBe(wanted, issue.input, "see README.md, Configuration");
}

function reservedNames(path: string, given: unknown): Issue[] {
  return Object.entries(Object(given)).flatMap(([name, value]) => {
    const propertyPath = `${path}.${name}`;
    if (typeof given !== "object") return [];
    if (RESERVED_NAMES.includes(name))
      return [{ propertyPath, reason: "is a name that cannot be used; choose another" }];
    return reservedNames(propertyPath, value);
  });
}
