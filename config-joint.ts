import { containerAppFaults } from "./components/container-app";
import { containerReleaseFaults, type Scale } from "./components/container-release";
import { dockerImageFaults } from "./components/docker-image";
import { budgetFaults } from "./components/internal/budget";
import { preflightFaults } from "./components/internal/preflight";
import { promotionFaults } from "./components/internal/promotion";
import type { Fault } from "./components/internal/validate";
import { postgresFaults } from "./components/postgres";
import type { RawSettings } from "./config-shapes";

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
  faults: (settings: Pick<RawSettings, K>, surroundings: Surroundings) => Fault[],
) {
  const isRight = (read: Partial<RawSettings>): read is Pick<RawSettings, K> => keys.every((key) => key in read);
  return (read: Partial<RawSettings>, surroundings: Surroundings) => (isRight(read) ? faults(read, surroundings) : []);
}

/** The rules that join several keys, as the components know them, told by the keys' own names. */
const rules = [
  rule(["images", "processTypes", "build"], (settings) => {
    if (isPromoted(settings)) return [];
    const targets = Object.entries(settings.processTypes).flatMap(([type, { target }]) =>
      dockerImageFaults({ ...settings.build, target }).map((fault) => ({
        ...fault,
        propertyPath: fault.propertyPath === "target" ? `processTypes.${type}.target` : `build.${fault.propertyPath}`,
      })),
    );
    // Every process type answers the same of a missing context: once is enough.
    return [...new Map(targets.map((fault) => [fault.propertyPath, fault])).values()];
  }),
  rule(["configVars"], ({ configVars }) => containerAppFaults({ configVars })),
  rule(["secretConfigVars"], ({ secretConfigVars }) => containerAppFaults({ secretConfigVars })),
  rule(["processTypes"], ({ processTypes }) => {
    const faults = containerReleaseFaults({ formation: scales(processTypes), healthCheck: false });
    return faults.map((f) => ({ ...f, propertyPath: f.propertyPath.replace(/^formation/, "processTypes") }));
  }),
  rule(["processTypes", "preboot", "postgres", "redis"], budgetFaults),
  rule(["processTypes", "configVars"], ({ processTypes, configVars }) =>
    Object.keys(workerVars(processTypes)).flatMap((name) => {
      if (!(name in configVars)) return [];
      return [{ propertyPath: `configVars.${name}`, reason: "follows from processTypes.web.workers; remove it here" }];
    }),
  ),
  rule(["preflight", "processTypes"], preflightFaults),
  rule(["postgres"], ({ postgres }) =>
    postgresFaults(postgres).map((f) => ({ ...f, propertyPath: `postgres.${f.propertyPath}` })),
  ),
  rule(["images", "processTypes"], (settings, { stack, registry }) => {
    if (!isPromoted(settings) || registry === undefined) return [];
    return promotionFaults(settings.images, { stack, registry, processTypes: Object.keys(settings.processTypes) });
  }),
];

/** What is wrong with the keys that are right by themselves, taken together. */
export const jointFaults = (read: Partial<RawSettings>, surroundings: Surroundings): Fault[] =>
  rules.flatMap((faults) => faults(read, surroundings));

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
