import { containerAppIssues } from "../components/container-app";
import { containerReleaseIssues, type Scale } from "../components/container-release";
import { dockerImageIssues } from "../components/docker-image";
import { postgresIssues } from "../components/postgres";
import { budgetIssues } from "../validation/budget";
import type { Issue } from "../validation/issue";
import { preflightIssues } from "../validation/preflight";
import { promotionIssues } from "../validation/promotion";
import type { RawSettings } from "./keys";

type ProcessTypes = RawSettings["processTypes"];

/** What the settings are held against besides each other. */
interface Surroundings {
  /** The stack's own name. */
  stack: string;
  /** Host of the registry; undefined when the connection to Heroku is not right. */
  registry: string | undefined;
}

/** A rule of the keys that it names: it has to wait until each of them is right by itself. */
function rule<K extends keyof RawSettings>(
  keys: readonly K[],
  issues: (settings: Pick<RawSettings, K>, surroundings: Surroundings) => Issue[],
) {
  const isRight = (read: Partial<RawSettings>): read is Pick<RawSettings, K> => keys.every((key) => key in read);
  return (read: Partial<RawSettings>, surroundings: Surroundings) => (isRight(read) ? issues(read, surroundings) : []);
}

/** The rules that join several keys, as the components know them, told by the keys' own names. */
const rules = [
  rule(["images", "processTypes", "build"], (settings) => {
    if (isPromoted(settings)) return [];
    const targets = Object.entries(settings.processTypes).flatMap(([type, { target }]) =>
      dockerImageIssues({ ...settings.build, target }).map((issue) => ({
        ...issue,
        propertyPath: issue.propertyPath === "target" ? `processTypes.${type}.target` : `build.${issue.propertyPath}`,
      })),
    );
    // Every process type answers the same of a missing context: once is enough.
    return [...new Map(targets.map((issue) => [issue.propertyPath, issue])).values()];
  }),
  rule(["configVars"], ({ configVars }) => containerAppIssues({ configVars })),
  rule(["secretConfigVars"], ({ secretConfigVars }) => containerAppIssues({ secretConfigVars })),
  rule(["processTypes"], ({ processTypes }) => {
    const issues = containerReleaseIssues({ formation: scales(processTypes), healthCheck: false });
    return issues.map((issue) => ({
      ...issue,
      propertyPath: issue.propertyPath.replace(/^formation/, "processTypes"),
    }));
  }),
  rule(["processTypes", "preboot", "postgres", "redis"], budgetIssues),
  rule(["processTypes", "configVars"], ({ processTypes, configVars }) =>
    Object.keys(workerVars(processTypes)).flatMap((name) => {
      if (!(name in configVars)) return [];
      return [{ propertyPath: `configVars.${name}`, reason: "follows from processTypes.web.workers; remove it here" }];
    }),
  ),
  rule(["preflight", "processTypes"], preflightIssues),
  rule(["postgres"], ({ postgres }) =>
    postgresIssues(postgres).map((issue) => ({ ...issue, propertyPath: `postgres.${issue.propertyPath}` })),
  ),
  rule(["images", "processTypes"], (settings, { stack, registry }) => {
    if (!isPromoted(settings) || registry === undefined) return [];
    return promotionIssues(settings.images, { stack, registry, processTypes: Object.keys(settings.processTypes) });
  }),
];

/** What is wrong with the keys that are right by themselves, taken together. */
export const crossCheckIssues = (read: Partial<RawSettings>, surroundings: Surroundings): Issue[] =>
  rules.flatMap((issues) => issues(read, surroundings));

/** Whether images come from elsewhere, so that none is built. */
export const isPromoted = ({ images = {} }: Partial<RawSettings>): boolean => Object.keys(images).length > 0;

/** A process type that names no scale runs one basic dyno. "release" has none: it runs once in each release. */
export function scales(processTypes: ProcessTypes): Record<string, Scale> {
  const scaled = Object.entries(processTypes).filter(([type]) => type !== "release");
  return Object.fromEntries(scaled.map(([type, { size = "basic", quantity = 1 }]) => [type, { size, quantity }]));
}

/** What the web dynos are told of their budget. Heroku's buildpacks use the first name too. */
export function workerVars({ web }: ProcessTypes): Record<string, string> {
  const { count, postgres } = web?.workers ?? {};
  return {
    ...(count === undefined ? {} : { WEB_CONCURRENCY: String(count) }),
    ...(postgres === undefined ? {} : { DATABASE_POOL_SIZE: String(postgres) }),
  };
}
