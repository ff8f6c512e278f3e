import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { containerAppFaults } from "./components/container-app";
import { containerReleaseFaults, type HealthCheck, type Scale } from "./components/container-release";
import { dockerImageFaults } from "./components/docker-image";
import type { HerokuConnection } from "./components/heroku-connection";
import { budgetFaults, connectionBudgets } from "./components/internal/budget";
import { dockerEngineFault } from "./components/internal/docker-engine";
import { type Preflight, preflightFaults, preflightOf } from "./components/internal/preflight";
import { promotionFaults } from "./components/internal/promotion";
import { describe, type Fault } from "./components/internal/validate";
import { postgresFaults } from "./components/postgres";
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
  const { raw, faults } = readRaw(project);
  const connection = readConnection(faults);
  if (raw && connection) faults.push(...promotedFaults(raw, connection.registry.server).map((f) => of(project, f)));
  const engine = raw && isPromoted(raw) ? undefined : engineFault();
  if (engine !== undefined) faults.push(engine);
  if (faults.length > 0 || raw === undefined || connection === undefined) {
    const where = `Pulumi.${pulumi.getStack()}.yaml`;
    throw new pulumi.RunError(`what ${where} asks for has ${faults.length} fault(s):\n${describe(faults)}`);
  }
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

/** The keys of the project's own namespace, each against its shape, then the rules that join several. */
function readRaw(project: string): { raw: RawSettings | undefined; faults: Fault[] } {
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
  if (faults.length > 0) return { raw: undefined, faults };
  const raw = v.parse(shapes, read);
  return { raw, faults: joint(raw).map((fault) => of(project, fault)) };
}

/** A fault at a key of the project's own namespace. */
const of = (project: string, fault: Fault): Fault => ({ ...fault, propertyPath: `${project}:${fault.propertyPath}` });

/** Whether images come from elsewhere, so that none is built. */
const isPromoted = ({ images }: RawSettings): boolean => Object.keys(images).length > 0;

function promotedFaults(raw: RawSettings, registry: string): Fault[] {
  const processTypes = Object.keys(raw.processTypes);
  return isPromoted(raw) ? promotionFaults(raw.images, { stack: pulumi.getStack(), processTypes, registry }) : [];
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

/** The rules that join several keys, as the components know them, told by the keys' own names. */
function joint(raw: RawSettings): Fault[] {
  const built = isPromoted(raw) ? [] : Object.entries(raw.processTypes);
  const targets = built.flatMap(([type, { target }]) => {
    const faults = dockerImageFaults({ ...raw.build, target });
    return faults.map((fault) => ({
      ...fault,
      propertyPath: fault.propertyPath === "target" ? `processTypes.${type}.target` : `build.${fault.propertyPath}`,
    }));
  });
  const formation = containerReleaseFaults({ formation: scales(raw.processTypes), healthCheck: false });
  return [
    // Every process type answers the same of a missing context: once is enough.
    ...new Map(targets.map((fault) => [fault.propertyPath, fault])).values(),
    ...containerAppFaults({ ...raw, appName: raw.appName || undefined, team: undefined }),
    ...formation.map((f) => ({ ...f, propertyPath: f.propertyPath.replace(/^formation/, "processTypes") })),
    ...budgetFaults(raw),
    ...Object.keys(workerVars(raw.processTypes)).flatMap((name) => {
      if (!(name in raw.configVars)) return [];
      return [{ propertyPath: `configVars.${name}`, reason: "follows from processTypes.web.workers; remove it here" }];
    }),
    ...preflightFaults(raw),
    ...postgresFaults(raw.postgres).map((f) => ({ ...f, propertyPath: `postgres.${f.propertyPath}` })),
  ];
}

/** A process type that names no scale runs one basic dyno. "release" has none: it runs once in each release. */
function scales(processTypes: RawSettings["processTypes"]): Record<string, Scale> {
  const scaled = Object.entries(processTypes).filter(([type]) => type !== "release");
  return Object.fromEntries(scaled.map(([type, { size = "basic", quantity = 1 }]) => [type, { size, quantity }]));
}

/** What the web dynos are told of their budget. Heroku's buildpacks use the first name too. */
function workerVars({ web }: RawSettings["processTypes"]): Record<string, string> {
  const { count, postgres } = web?.workers ?? {};
  return {
    ...(count === undefined ? {} : { WEB_CONCURRENCY: String(count) }),
    ...(postgres === undefined ? {} : { DATABASE_POOL_SIZE: String(postgres) }),
  };
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
