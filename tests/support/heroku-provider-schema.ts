import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findExecutable, isExecutable } from "../../scripts/support/executables.mjs";

/** What the tests use of a Pulumi package schema. */
export interface ProviderSchema {
  pluginDownloadURL: string;
  provider: { properties: Properties; inputProperties: Properties };
  resources: Record<string, ResourceSchema | undefined>;
  types: Record<string, ObjectSchema | undefined>;
}

export type Properties = Record<string, PropertySchema>;

export interface ResourceSchema {
  properties: Properties;
  inputProperties: Properties;
  stateInputs: ObjectSchema;
  /** Outputs that always have a value. */
  required?: string[];
  requiredInputs?: string[];
}

export interface ObjectSchema {
  properties: Properties;
  required?: string[];
  language?: { nodejs?: { requiredOutputs?: string[] } };
}

export interface PropertySchema {
  type?: "string" | "boolean" | "integer" | "number" | "array" | "object";
  items?: PropertySchema;
  additionalProperties?: PropertySchema;
  $ref?: string;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
}

const root = join(__dirname, "../..");

/** The schema as a file of others beside the project, if there is one. */
export function schemaFromFile(): ProviderSchema | undefined {
  const path = process.env.HEROKU_PROVIDER_SCHEMA ?? join(root, "../shared/heroku-provider-schema.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** The schema as the provider tells it, if the Pulumi CLI and the plugin are installed; nothing is downloaded. */
export function schemaFromPlugin(): ProviderSchema | undefined {
  const home = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const cli = findExecutable("pulumi") ?? [join(home, "bin/pulumi")].find(isExecutable);
  const plugin = join(home, "plugins/resource-heroku-v1.0.4/pulumi-resource-heroku");
  if (cli === undefined || !isExecutable(plugin)) {
    return undefined;
  }
  const schema = execFileSync(cli, ["package", "get-schema", plugin], {
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return JSON.parse(schema);
}
