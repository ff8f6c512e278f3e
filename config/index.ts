import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import type { HealthCheck, Scale } from "../components/container-release";
import type { ProcessImage } from "../components/support/app-images";
import { connectionBudgets } from "../validation/budget";
import { type HostsForm, isHostsForm } from "../validation/hosts";
import { describe } from "../validation/issue";
import { type Preflight, preflightOf } from "../validation/preflight";
import { type Connection, readConnection } from "./connection";
import { crossCheckIssues, isPromoted, scales, workerVars } from "./cross-checks";
import { dockerEngineIssue } from "./docker-engine";
import { keys, type RawSettings } from "./keys";
import { readKeys } from "./read-keys";

/** The stack's configuration, checked. See keys.ts for what each key means. */
export interface Settings
  extends Connection,
    Omit<RawSettings, "secretConfigVars" | "processTypes" | "healthCheck" | "preflight" | "hostsVars"> {
  secretConfigVars: Record<string, pulumi.Output<string>>;
  /** What each process type is built from. */
  types: Record<string, ProcessImage>;
  /** Dyno size and quantity of each process type but "release". */
  formation: Record<string, Scale>;
  healthCheck: HealthCheck | false;
  /** How the connections of all dynos add up against the plans' limits. */
  connections: { postgres?: string; redis?: string } | undefined;
  /** Config vars that get the app's host names, and their forms. */
  hostsVars: Record<string, HostsForm>;
  /** How the app is tried before its images are pushed; undefined for not at all. */
  trial: Preflight | undefined;
}

/**
 * Reads and checks the configuration of the selected stack, and whether a Docker engine runs if images are built.
 * Throws one error that lists every issue.
 */
export function loadSettings(engineIssue = dockerEngineIssue): Settings {
  const project = pulumi.getProject();
  const { read, issues } = readKeys(project);
  const connection = readConnection(issues);
  const crossed = crossCheckIssues(read, { stack: pulumi.getStack(), registry: connection?.registry.server });
  issues.push(...crossed.map((issue) => ({ ...issue, propertyPath: `${project}:${issue.propertyPath}` })));
  const engine = isPromoted(read) ? undefined : engineIssue();
  if (engine !== undefined) issues.push(engine);
  if (issues.length > 0 || connection === undefined) {
    const count = issues.length === 1 ? "a problem" : `${issues.length} problems`;
    throw new pulumi.RunError(`Pulumi.${pulumi.getStack()}.yaml has ${count}:\n${describe(issues)}`);
  }
  const raw = v.parse(keys, read);
  const { secretConfigVars, processTypes, healthCheck, preflight: _preflight, ...plain } = raw;
  const { enabled, ...checks } = healthCheck;
  const configVars = { ...workerVars(processTypes), ...plain.configVars };
  return {
    ...plain,
    ...connection,
    secretConfigVars: Object.fromEntries(
      Object.entries(secretConfigVars).map(([k, value]) => [k, pulumi.secret(value)]),
    ),
    types: Object.fromEntries(
      Object.entries(processTypes).map(([type, { dockerfile, target, command }]) => [
        type,
        { dockerfile, target, command },
      ]),
    ),
    formation: scales(processTypes),
    configVars,
    connections: connectionBudgets(raw),
    healthCheck: enabled ? { path: plain.healthPath, ...checks } : false,
    hostsVars: Object.fromEntries(
      Object.entries(raw.hostsVars).flatMap(([name, form]) => (isHostsForm(form) ? [[name, form]] : [])),
    ),
    trial: preflightOf({ ...raw, configVars }),
  };
}
