import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import type { HealthCheck, Scale } from "./components/container-release";
import type { HerokuConnection } from "./components/heroku-connection";
import { connectionBudgets } from "./components/internal/budget";
import { dockerEngineFault } from "./components/internal/docker-engine";
import { type Preflight, preflightOf } from "./components/internal/preflight";
import { describe, type Fault } from "./components/internal/validate";
import { isPromoted, jointFaults, scales, workerVars } from "./config-joint";
import { faultsOf, NOT_A_SETTING, type RawSettings, shapes } from "./config-shapes";

/** The stack's configuration, checked. Keys are described in Pulumi.yaml. */
export interface Settings
  extends Omit<RawSettings, "secretConfigVars" | "logDrains" | "processTypes" | "healthCheck" | "preflight"> {
  heroku: HerokuConnection;
  /** Registry that images are pushed to, with the API key as password. */
  registry: { server: string; username: string; password: pulumi.Output<string> };
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
export function loadSettings(engineFault = dockerEngineFault): Settings {
  const project = pulumi.getProject();
  const { read, faults } = readKeys(project);
  const connection = readConnection(faults);
  const joint = jointFaults(read, { stack: pulumi.getStack(), registry: connection?.registry.server });
  faults.push(...joint.map((fault) => ({ ...fault, propertyPath: `${project}:${fault.propertyPath}` })));
  const engine = isPromoted(read) ? undefined : engineFault();
  if (engine !== undefined) faults.push(engine);
  if (faults.length > 0 || connection === undefined) {
    const where = `Pulumi.${pulumi.getStack()}.yaml`;
    throw new pulumi.RunError(`what ${where} asks for has ${faults.length} fault(s):\n${describe(faults)}`);
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
function readKeys(project: string): { read: Partial<RawSettings>; faults: Fault[] } {
  const config = new pulumi.Config(project);
  const faults: Fault[] = [];
  const read: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(shapes.entries)) {
    const text = config.get(key);
    const result = v.safeParse(shape, text !== undefined && isStructured(key) ? parseJson(text) : text);
    if (result.success) read[key] = result.output;
    else faults.push(...faultsOf(`${project}:${key}`, result.issues));
  }
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const name = key.startsWith(`${project}:`) ? key.slice(project.length + 1) : undefined;
    if (name !== undefined && !(name in shapes.entries)) faults.push({ propertyPath: key, reason: NOT_A_SETTING });
  }
  for (const key of ["secretConfigVars", "logDrains"]) {
    if (Object.keys(read[key] ?? {}).length > 0 && !isEncrypted(`${project}:${key}`)) {
      const fix = `pulumi config set --secret --path ${project}:${key}…`;
      faults.push({ propertyPath: `${project}:${key}`, reason: `must be encrypted; set it with: ${fix}` });
    }
  }
  return { read, faults };
}

/** Whether a key stands encrypted in the stack's file, as the engine tells the program. */
function isEncrypted(key: string): boolean {
  const keys: unknown = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]");
  return Array.isArray(keys) && keys.includes(key);
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

/** The providers' own namespaces, with the environment variables they know as fallback. */
function readConnection(faults: Fault[]): Pick<Settings, "heroku" | "registry"> | undefined {
  const heroku = new pulumi.Config("heroku");
  const native = new pulumi.Config("heroku-native");
  const configured = heroku.get("apiKey");
  const key = configured ?? process.env.HEROKU_API_KEY;
  const apiUrl = heroku.get("url");
  if (!key) {
    const reason =
      "is missing; set the environment variable HEROKU_API_KEY, or run: pulumi config set --secret heroku:apiKey";
    faults.push({ propertyPath: "heroku:apiKey", reason });
    return undefined;
  }
  if (configured !== undefined && apiUrl === undefined && !isEncrypted("heroku:apiKey")) {
    const reason = "must be encrypted; set it with: pulumi config set --secret heroku:apiKey";
    faults.push({ propertyPath: "heroku:apiKey", reason });
  }
  const registryUrl = native.get("registryUrl") ?? process.env.HEROKU_REGISTRY_URL;
  return {
    heroku: {
      apiKey: configured === undefined ? undefined : pulumi.secret(configured),
      apiUrl,
      dataUrl: native.get("dataUrl"),
      registryUrl: native.get("registryUrl"),
      postAppCreateDelay: heroku.getObject<{ postAppCreateDelay?: number }>("delays")?.postAppCreateDelay,
    },
    registry: {
      server: registryUrl === undefined ? "registry.heroku.com" : new URL(registryUrl).host,
      username: "_",
      password: pulumi.secret(key),
    },
  };
}
