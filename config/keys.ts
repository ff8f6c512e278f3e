import * as v from "valibot";
import type { Issue } from "../validation/issue";
import * as rules from "../validation/rules";

/** A leaf that a rule decides about; the rule's answer is the message. */
const ruled = <T>(rule: rules.Rule) =>
  v.custom<T>(
    (input) => rule(input) === undefined,
    (issue) => rule(issue.input) ?? "",
  );

/** A leaf whose empty text means "not set". */
const optionalText = (rule: rules.Rule) => ruled<string>((value) => (value === "" ? undefined : rule(value)));

const anyText: rules.Rule = (value) =>
  typeof value === "string" ? undefined : rules.mustBe("text", value, "put it in quotes");

/** The value of a secret stays out of the message. */
const secretText: rules.Rule = (value) => (typeof value === "string" ? undefined : "must be text; put it in quotes");

const flag: rules.Rule = (value) =>
  typeof value === "boolean" ? undefined : rules.mustBe("true or false", value, "write it without quotes");

/** Shape of each key in the project's namespace. Defaults are declared once, in Pulumi.yaml. */
export const shapes = v.strictObject({
  region: ruled<string>(rules.region),
  team: ruled<string>(anyText),
  appName: optionalText(rules.appName),
  domains: v.array(ruled<string>(rules.hostname)),
  build: v.strictObject({
    context: ruled<string>(anyText),
    dockerfile: v.optional(ruled<string>(anyText)),
    source: v.optional(ruled<string>(rules.sourceUrl)),
    migrations: v.optional(ruled<string>(anyText)),
  }),
  processTypes: v.record(
    v.string(),
    v.strictObject({
      target: v.optional(ruled<string>(anyText)),
      size: v.optional(ruled<string>(rules.dynoSize)),
      quantity: v.optional(ruled<number>(rules.quantity)),
      workers: v.optional(
        v.strictObject({
          count: v.optional(ruled<number>(rules.workerCount)),
          memory: v.optional(ruled<number>(rules.workerMemory)),
          postgres: v.optional(ruled<number>(rules.workerConnections)),
          redis: v.optional(ruled<number>(rules.workerConnections)),
        }),
      ),
    }),
  ),
  images: v.record(v.string(), ruled<string>(anyText)),
  releaseTimeout: ruled<number>(rules.secondsToAnHour),
  healthPath: ruled<string>(rules.urlPath),
  healthCheck: v.strictObject({
    enabled: v.optional(ruled<boolean>(flag)),
    webSocketPath: v.optional(ruled<string>(rules.urlPath)),
    interval: v.optional(ruled<number>(rules.secondsToAnHour)),
    timeout: v.optional(ruled<number>(rules.secondsToAnHour)),
    threshold: v.optional(ruled<number>(rules.healthThreshold)),
  }),
  preflight: v.strictObject({
    enabled: v.optional(ruled<boolean>(flag)),
    onPreview: v.optional(ruled<boolean>(flag)),
    sizeLimit: v.optional(ruled<number>(rules.sizeLimit)),
    releaseCheck: v.optional(ruled<string>(anyText)),
    env: v.optional(v.record(v.string(), ruled<string>(anyText))),
  }),
  preboot: ruled<boolean>(flag),
  postgres: v.strictObject({
    plan: v.optional(ruled<string>(rules.postgresPlan)),
    version: v.optional(ruled<string>(rules.postgresVersion)),
    settings: v.optional(v.record(v.string(), v.unknown())),
  }),
  redis: v.strictObject({
    plan: v.optional(ruled<string>(rules.redisPlan)),
    maxmemoryPolicy: v.optional(ruled<string>(rules.evictionPolicy)),
    timeout: v.optional(ruled<number>(rules.redisTimeout)),
  }),
  backup: v.strictObject({
    hour: ruled<number>(rules.backupHour),
    timezone: v.optional(ruled<string>(rules.timezone)),
  }),
  configVars: v.record(v.string(), ruled<string>(anyText)),
  secretConfigVars: v.record(v.string(), ruled<string>(secretText)),
  generatedSecrets: v.array(ruled<string>(rules.configVarName)),
  logDrains: v.array(ruled<string>(rules.drainUrl)),
  protect: ruled<boolean>(flag),
});

/** The project's own keys as read, before secrets are wrapped. */
export type RawSettings = v.InferOutput<typeof shapes>;

/** What is said of a key that no shape knows. */
export const NOT_A_SETTING = "is not a setting; remove it or correct its spelling";

/** A shape's issues in our words. Issues of rules bring their own. */
export function issuesOf(key: string, issues: readonly v.BaseIssue<unknown>[]): Issue[] {
  return issues.map((issue) => {
    const propertyPath = [key, ...(issue.path ?? []).map((item) => String(item.key))].join(".");
    return { propertyPath, reason: reasonOf(issue) };
  });
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "custom") return issue.message;
  if (issue.expected === "never") return NOT_A_SETTING;
  if (issue.received === "undefined") return "is missing; add it to the stack's file";
  const wanted = issue.type === "array" ? "a list" : "a map of names to values";
  return rules.mustBe(wanted, issue.input, "see its description in Pulumi.yaml");
}
