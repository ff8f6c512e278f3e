import { containerAppIssues } from "../components/container-app";
import { containerReleaseIssues, type Scale } from "../components/container-release";
import { dockerImageIssues } from "../components/docker-image";
import { postgresIssues } from "../components/postgres";
import { budgetIssues } from "../validation/budget";
import { configVarIssues } from "../validation/config-vars";
import type { Issue } from "../validation/issue";
import { preflightIssues } from "../validation/preflight";
import { promotionIssues } from "../validation/promotion";
import type { RawSettings } from "./keys";

type ProcessTypes = RawSettings["processTypes"];

/** What the settings are compared with besides each other. */
interface Surroundings {
  /** The stack's own name. */
  stack: string;
  /** Host of the registry; undefined if the connection to Heroku has an issue. */
  registry: string | undefined;
}

/** A check across several keys; runs only if each of them is valid on its own. */
function crossCheck<K extends keyof RawSettings>(
  keys: readonly K[],
  issues: (settings: Pick<RawSettings, K>, surroundings: Surroundings) => Issue[],
) {
  const areValid = (read: Partial<RawSettings>): read is Pick<RawSettings, K> => keys.every((key) => key in read);
  return (read: Partial<RawSettings>, surroundings: Surroundings) => (areValid(read) ? issues(read, surroundings) : []);
}

/** The components' own checks, reported under the names of the keys, and checks between keys. */
const crossChecks = [
  crossCheck(["images", "processTypes", "build"], (settings) => {
    if (isPromoted(settings)) return [];
    const { build } = settings;
    const targets = Object.entries(settings.processTypes).flatMap(([type, { target, dockerfile = build.dockerfile }]) =>
      dockerImageIssues({ ...build, target, dockerfile }).map((issue) => {
        const isOwn =
          issue.propertyPath === "target" || (issue.propertyPath === "dockerfile" && dockerfile !== build.dockerfile);
        return { ...issue, propertyPath: `${isOwn ? `processTypes.${type}` : "build"}.${issue.propertyPath}` };
      }),
    );
    // A missing context is an issue of every process type: report it once.
    return [...new Map(targets.map((issue) => [issue.propertyPath, issue])).values()];
  }),
  crossCheck(["configVars"], ({ configVars }) => containerAppIssues({ configVars })),
  crossCheck(["secretConfigVars"], ({ secretConfigVars }) => containerAppIssues({ secretConfigVars })),
  crossCheck(["domains"], ({ domains }) => containerAppIssues({ domains })),
  crossCheck(["logDrains"], ({ logDrains }) => containerAppIssues({ logDrains })),
  crossCheck(["processTypes"], ({ processTypes }) => {
    const issues = containerReleaseIssues({ formation: scales(processTypes), healthCheck: false });
    return issues.map((issue) => ({
      ...issue,
      propertyPath: issue.propertyPath.replace(/^formation/, "processTypes"),
    }));
  }),
  crossCheck(["processTypes", "preboot", "postgres", "redis"], budgetIssues),
  crossCheck(
    ["processTypes", "configVars", "secretConfigVars", "generatedSecrets", "hostsVars", "postgres", "redis"],
    ({ processTypes, postgres, redis, ...vars }) =>
      configVarIssues({
        ...vars,
        workerVars: Object.keys(workerVars(processTypes)),
        postgres: postgres !== undefined,
        redis: redis !== undefined,
      }),
  ),
  crossCheck(["addons"], ({ addons }) => addonIssues(addons)),
  crossCheck(["backup", "postgres"], ({ backup, postgres }) =>
    backup === undefined || postgres !== undefined
      ? []
      : [{ propertyPath: "backup", reason: "needs a database; add postgres, or remove it" }],
  ),
  crossCheck(["preflight", "processTypes"], preflightIssues),
  crossCheck(["postgres"], ({ postgres }) =>
    postgresIssues(postgres ?? {}).map((issue) => ({ ...issue, propertyPath: `postgres.${issue.propertyPath}` })),
  ),
  crossCheck(["images", "processTypes"], (settings, { stack, registry }) => {
    if (!isPromoted(settings) || registry === undefined) return [];
    return promotionIssues(settings.images, { stack, registry, processTypes: Object.keys(settings.processTypes) });
  }),
];

/** Data services have keys of their own, and a service can be had once. */
function addonIssues(addons: readonly string[]): Issue[] {
  const keys: Record<string, string> = { "heroku-postgresql": "postgres", "heroku-redis": "redis" };
  const services = addons.map((plan) => plan.split(":")[0] ?? "");
  return services.flatMap((service, i) => {
    const key = keys[service];
    const propertyPath = `addons[${i}]`;
    if (key !== undefined) return [{ propertyPath, reason: `is set by the key ${key}; write its plan there` }];
    const first = services.indexOf(service);
    return first === i ? [] : [{ propertyPath, reason: `is of the same service as addons[${first}]; remove one` }];
  });
}

/** What is wrong between keys that are valid on their own. */
export const crossCheckIssues = (read: Partial<RawSettings>, surroundings: Surroundings): Issue[] =>
  crossChecks.flatMap((check) => check(read, surroundings));

/** Whether existing images are run, so that none is built. */
export const isPromoted = ({ images = {} }: Partial<RawSettings>): boolean => Object.keys(images).length > 0;

/** "release" has no scale: it runs once in each release. */
export function scales(processTypes: ProcessTypes): Record<string, Scale> {
  const scaled = Object.entries(processTypes).filter(([type]) => type !== "release");
  return Object.fromEntries(scaled.map(([type, { size, quantity }]) => [type, { size, quantity }]));
}

/** Config vars that pass on the budget to the web dynos. Heroku's buildpacks use the first name too. */
export function workerVars({ web }: ProcessTypes): Record<string, string> {
  const { count, postgres } = web?.workers ?? {};
  return {
    ...(count === undefined ? {} : { WEB_CONCURRENCY: String(count) }),
    ...(postgres === undefined ? {} : { DATABASE_POOL_SIZE: String(postgres) }),
  };
}
