import { derivedId } from "../ids";
import { PLACEHOLDER_SERVICES, type PlaceholderRow } from "./placeholder-services";
import { createPlans, type Plan, type PlanRow } from "./plan";

/** An add-on service with its plans. */
export interface AddonServiceEntry {
  readonly id: string;
  readonly name: string;
  readonly humanName: string;
  readonly cliPluginName: string | null;
  readonly plans: readonly Plan[];
  /** Attachment name of the first add-on of the service on an app. */
  readonly firstAttachment: string;
  /** Further ones are named this + `_` + a color. */
  readonly attachmentPrefix: string;
  /** Add-ons are named this + `-<adjective>-<5 digits>`. */
  readonly namePrefix: string;
  /** The suffixes of its config vars. */
  readonly configVars: readonly string[];
  /** Patterns of its values, if it is a placeholder. */
  readonly placeholder?: Readonly<Record<string, string>>;
}

/** Specs: Dev Center, 2024-09 (standard and up) and 2026-03 (essential). Prices: price lists of 2025 and 2026. */
const POSTGRES: readonly PlanRow[] = [
  ["essential-0", 5, undefined, 1, 20],
  ["essential-1", 9, undefined, 10, 20],
  ["essential-2", 20, undefined, 32, 40],
  ["standard-0", 50, 4_096, 64, 120],
  ["standard-2", 200, 8_192, 256, 400],
  ["standard-3", 400, 15_616, 512, 500],
  ["standard-4", 750, 31_232, 768, 500],
  ["standard-5", 1_400, 62_464, 1_024, 500],
  ["standard-6", 2_000, 124_928, 1_536, 500],
  ["standard-7", 3_500, 249_856, 2_048, 500],
  ["premium-0", 200, 4_096, 64, 120],
  ["premium-2", 350, 8_192, 256, 400],
  ["premium-3", 750, 15_616, 512, 500],
  ["premium-4", 1_200, 31_232, 768, 500],
  ["premium-5", 2_500, 62_464, 1_024, 500],
  ["premium-6", 3_500, 124_928, 1_536, 500],
  ["premium-7", 6_000, 249_856, 2_048, 500],
];

/** Specs: Dev Center, 2024-10. Prices: price lists of 2025 and 2026. */
const KEY_VALUE: readonly PlanRow[] = [
  ["mini", 3, 25, undefined, 20],
  ["premium-0", 15, 50, undefined, 40],
  ["premium-1", 30, 100, undefined, 80],
  ["premium-2", 60, 250, undefined, 200],
  ["premium-3", 120, 500, undefined, 400],
  ["premium-5", 200, 1_024, undefined, 1_000],
  ["premium-7", 750, 7_168, undefined, 10_000],
  ["premium-9", 1_450, 10_240, undefined, 25_000],
  ["premium-10", 3_500, 25_600, undefined, 40_000],
  ["premium-12", 6_500, 51_200, undefined, 65_000],
  ["premium-14", 12_500, 102_400, undefined, 65_000],
];

const PLAN_NAME = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

/** The services of Local Heroku: first those that run, then the placeholders. */
export const ADDON_SERVICES: readonly AddonServiceEntry[] = [
  {
    id: derivedId("addon-service", "heroku-postgresql"),
    name: "heroku-postgresql",
    humanName: "Heroku Postgres",
    cliPluginName: "heroku-pg",
    plans: createPlans("heroku-postgresql", "Heroku Postgres", POSTGRES),
    firstAttachment: "DATABASE",
    attachmentPrefix: "HEROKU_POSTGRESQL",
    namePrefix: "postgresql",
    configVars: ["URL"],
  },
  {
    id: derivedId("addon-service", "heroku-redis"),
    name: "heroku-redis",
    humanName: "Heroku Key-Value Store",
    cliPluginName: "heroku-redis",
    plans: createPlans("heroku-redis", "Heroku Key-Value Store", KEY_VALUE),
    firstAttachment: "REDIS",
    attachmentPrefix: "HEROKU_REDIS",
    namePrefix: "redis",
    configVars: ["URL"],
  },
  ...PLACEHOLDER_SERVICES.map(placeholder),
];

function placeholder([name, humanName, plans, attachment, values]: PlaceholderRow): AddonServiceEntry {
  return {
    id: derivedId("addon-service", name),
    name,
    humanName,
    cliPluginName: null,
    plans: createPlans(
      name,
      humanName,
      plans.map((plan) => unpriced(plan)),
    ),
    firstAttachment: attachment,
    attachmentPrefix: attachment,
    namePrefix: name,
    configVars: Object.keys(values),
    placeholder: values,
  };
}

/** Prices and limits of other vendors are unknown. */
function unpriced(plan: string): PlanRow {
  return [plan, 0, undefined, undefined, 0];
}

/** The service with this name or id. */
export function findAddonService(nameOrId: string): AddonServiceEntry | undefined {
  return ADDON_SERVICES.find((service) => service.name === nameOrId || service.id === nameOrId);
}

/**
 * The plan with this id or name: `service:plan`, or just the service for its default plan. A placeholder has a plan for
 * every valid name, because other vendors' plans change.
 */
export function findPlan(nameOrId: string): Plan | undefined {
  const [serviceName = "", planName] = nameOrId.split(":");
  const service = findAddonService(serviceName);
  if (service) {
    const plan = service.plans.find(({ name, default: isDefault }) =>
      planName === undefined ? isDefault : name === planName,
    );
    if (plan || !service.placeholder || planName === undefined || !PLAN_NAME.test(planName)) return plan;
    return createPlans(service.name, service.humanName, [unpriced(planName)]).map((each) => ({
      ...each,
      default: false,
    }))[0];
  }
  return ADDON_SERVICES.flatMap(({ plans }) => plans).find((plan) => plan.id === nameOrId);
}

/** The plan of an add-on, by its record's two names. */
export function planOf(addon: { readonly serviceName: string; readonly planName: string }): Plan {
  const plan = findPlan(`${addon.serviceName}:${addon.planName}`);
  if (plan === undefined) throw new Error(`the catalog has no plan ${addon.serviceName}:${addon.planName}`);
  return plan;
}
