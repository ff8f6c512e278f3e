import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import type { HealthCheck, Scale } from "../components/container-release";
import { connectionBudgets } from "../validation/budget";
import { describe, type Issue } from "../validation/issue";
import { type Preflight, preflightOf } from "../validation/preflight";
import { type Connection, isEncrypted, readConnection } from "./connection";
import { crossCheckIssues, isPromoted, scales, workerVars } from "./cross-checks";
import { dockerEngineIssue } from "./docker-engine";
import { issuesOf, NOT_A_SETTING, type RawSettings, shapes } from "./keys";

/** The stack's configuration, checked. Keys are described in Pulumi.yaml. */
export interface Settings
  extends Connection,
    Omit<RawSettings, "secretConfigVars" | "logDrains" | "processTypes" | "healthCheck" | "preflight"> {
  secretConfigVars: Record<string, pulumi.Output<string>>;
  logDrains: pulumi.Output<string>[];
  /** Dockerfile stage of each process type. */
  targets: Record<string, string | undefined>;
  /** Dyno size and quantity of each process type but "release". */
  formation: Record<string, Scale>;
  healthCheck: HealthCheck | false;
  /** How the connections of all dynos add up against the plans' limits. */
  connections: { postgres: string; redis: string } | undefined;
  /** How the image of each process type is tried before it is pushed; undefined for not at all. */
  preflights: Record<string, Preflight | undefined>;
}

/**
 * Reads and checks the configuration of the selected stack, and asks for the Docker engine where images are built. Throws
 * one error that names every fault.
 */
export function loadSettings(engineIssue = dockerEngineIssue): Settings {
  const project = pulumi.getProject();
  const { read, issues } = readKeys(project);
  const connection = readConnection(issues);
  const joint = crossCheckIssues(read, { stack: pulumi.getStack(), registry: connection?.registry.server });
  issues.push(...joint.map((issue) => ({ ...issue, propertyPath: `${project}:${issue.propertyPath}` })));
  const engine = isPromoted(read) ? undefined : engineIssue();
  if (engine !== undefined) issues.push(engine);
  if (issues.length > 0 || connection === undefined) {
    const where = `Pulumi.${pulumi.getStack()}.yaml`;
    throw new pulumi.RunError(`what ${where} asks for has ${issues.length} fault(s):\n${describe(issues)}`);
  }
  const raw = v.parse(shapes, read);
  const { secretConfigVars, logDrains, processTypes, healthCheck, preflight: _preflight, ...plain } = raw;
  const configVars = { ...workerVars(processTypes), ...plain.configVars };
  return {
    ...plain,
    ...connection,
    secretConfigVars: Object.fromEntries(
      Object.entries(secretConfigVars).map(([k, value]) => [k, pulumi.secret(value)]),
    ),
    logDrains: logDrains.map((url) => pulumi.secret(url)),
    targets: Object.fromEntries(Object.entries(processTypes).map(([type, { target }]) => [type, target])),
    formation: scales(processTypes),
    configVars,
    connections: connectionBudgets(raw),
    healthCheck: healthCheck.enabled === false ? false : { path: plain.healthPath, ...healthCheck },
    preflights: Object.fromEntries(
      Object.keys(processTypes).map((type) => [type, preflightOf(type, { ...raw, configVars })]),
    ),
  };
}

/** The keys of the project's own namespace, each against its shape: those that are right, and what is wrong with the others. */
function readKeys(project: string): { read: Partial<RawSettings>; issues: Issue[] } {
  const config = new pulumi.Config(project);
  const issues: Issue[] = [];
  const read: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(shapes.entries)) {
    const text = config.get(key);
    const result = v.safeParse(shape, text !== undefined && isStructured(key) ? parseJson(text) : text);
    if (result.success) read[key] = result.output;
    else issues.push(...issuesOf(`${project}:${key}`, result.issues));
  }
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const name = key.startsWith(`${project}:`) ? key.slice(project.length + 1) : undefined;
    if (name !== undefined && !(name in shapes.entries)) issues.push({ propertyPath: key, reason: NOT_A_SETTING });
  }
  for (const key of ["secretConfigVars", "logDrains"]) {
    if (Object.keys(read[key] ?? {}).length > 0 && !isEncrypted(`${project}:${key}`)) {
      const fix = `pulumi config set --secret --path ${project}:${key}…`;
      issues.push({ propertyPath: `${project}:${key}`, reason: `must be encrypted; set it with: ${fix}` });
    }
  }
  return { read, issues };
}

/** Text comes as it is, everything else as JSON. */
const TEXTS = ["region", "team", "appName", "healthPath"];
const isStructured = (key: string): boolean => !TEXTS.includes(key);

/** What is no JSON stays text, for the shape to refuse. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
