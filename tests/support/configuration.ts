import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import yaml from "js-yaml";
import { loadSettings } from "../../config";
import { Recorder } from "./recorder";

const root = join(__dirname, "../..");
const defaults = projectFile<{ default?: unknown }>("Pulumi.yaml").config;
const apiKey = process.env.HEROKU_API_KEY;

/** What a YAML file of the project holds. */
export function projectFile<T>(name: string): { config: Record<string, T> } {
  return Object(yaml.load(readFileSync(join(root, name), "utf8")));
}

/** Starts a program that has no configuration yet, nor an API key in its environment. */
export async function startUnconfigured(): Promise<void> {
  delete process.env.HEROKU_API_KEY;
  await Recorder.start();
}

/** Sets the configuration as the engine would: defaults of Pulumi.yaml, then these; what is no text as JSON. */
export function configure(keys: Record<string, unknown>, encrypted: string[] = []): void {
  const all = {
    ...Object.fromEntries(Object.entries(defaults).map(([key, { default: value }]) => [`skechwime:${key}`, value])),
    "heroku:apiKey": "key",
    "heroku:url": "http://localhost:5075",
    "skechwime:processTypes": { web: { target: "web", size: "basic", quantity: 1 }, release: { target: "release" } },
    "skechwime:postgres": { plan: "essential-0" },
    "skechwime:redis": { plan: "mini" },
    "skechwime:backup": { hour: 3, timezone: "UTC" },
    ...keys,
  };
  const text = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  pulumi.runtime.setAllConfig(Object.fromEntries(text));
  process.env.PULUMI_CONFIG_SECRET_KEYS = JSON.stringify(encrypted);
}

/** Gives the environment back as it was. */
export function restoreEnvironment(): void {
  delete process.env.PULUMI_CONFIG_SECRET_KEYS;
  if (apiKey !== undefined) process.env.HEROKU_API_KEY = apiKey;
}

/** The issues that the error of the configuration lists, a line each. */
export function issues(): string[] {
  try {
    loadSettings(() => undefined);
    return [];
  } catch (error) {
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    return String(Object(error).message)
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}
