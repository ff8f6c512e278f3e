import { DYNO_MEMORY } from "./catalog";
import { DEFAULTS } from "./defaults";
import { hostNames, isHostsForm } from "./hosts";
import type { Issue } from "./issue";

/** How an app is tried on this machine before its images are pushed. It holds no secret, since the state shows it. */
export interface Preflight {
  /** Memory of the dynos of each process type, MB. */
  memoryLimits: Record<string, number>;
  /** Largest image, MB uncompressed. */
  sizeLimit: number;
  /** Config vars to run the images with. */
  environment: Record<string, string>;
  /** Names of secret config vars, which get random values. */
  placeholders: string[];
  /** Config vars that get the URL of a throwaway database or Redis server. */
  postgres: string[];
  redis: string[];
  healthPath: string;
  healthStatus?: number;
  healthText?: string;
  healthHeaders?: Record<string, string>;
  /** Shell command that has to succeed in the image of "release", or else of "web". */
  releaseCheck?: string;
  /** Checks that are turned off. */
  skip?: string[];
  /** Whether a preview runs it too. */
  onPreview: boolean;
}

/** The settings that decide about a preflight, under their names in the stack's file. */
export interface PreflightSettings {
  preflight: {
    enabled: boolean;
    onPreview: boolean;
    sizeLimit: number;
    releaseCheck?: string;
    env?: Record<string, string>;
    skip?: string[];
  };
  processTypes: Record<string, { size?: string }>;
  healthPath: string;
  healthCheck: { status?: number; text?: string; headers?: Record<string, string> };
  postgres?: unknown;
  redis?: unknown;
  /** Config vars that get the app's host names, and their forms. */
  hostsVars: Record<string, string>;
  configVars: Record<string, string>;
  secretConfigVars: Record<string, unknown>;
  generatedSecrets: string[];
}

/** How an app is tried; undefined for not at all. */
export function preflightOf(settings: PreflightSettings): Preflight | undefined {
  const { enabled, onPreview, sizeLimit, releaseCheck, env, skip } = settings.preflight;
  if (!enabled) return undefined;
  const { hostsVars, configVars, healthCheck, healthPath } = settings;
  // The preflight's requests are for this host, besides those that the user names.
  const hosts = Object.entries(hostsVars).map(([name, form]): [string, string] => {
    const own = configVars[name];
    const local = isHostsForm(form) ? hostNames(["localhost"], form) : "";
    return [name, own === undefined ? local : form === "comma" ? `${own},${local}` : own];
  });
  const secrets = [...settings.generatedSecrets, ...Object.keys(settings.secretConfigVars)];
  const memoryOf = (size = "") => DYNO_MEMORY[size.toLowerCase()] ?? DEFAULTS.memoryLimit;
  const isGiven = (name: string) => env?.[name] !== undefined;
  return {
    memoryLimits: Object.fromEntries(
      Object.entries(settings.processTypes).map(([type, { size }]) => [type, memoryOf(size)]),
    ),
    sizeLimit,
    environment: { ...configVars, ...Object.fromEntries(hosts), ...env },
    placeholders: secrets.filter((name) => !isGiven(name)).sort(),
    postgres: settings.postgres === undefined ? [] : ["DATABASE_URL"].filter((name) => !isGiven(name)),
    redis: settings.redis === undefined ? [] : ["REDIS_URL"].filter((name) => !isGiven(name)),
    healthPath,
    healthStatus: healthCheck.status,
    healthText: healthCheck.text,
    healthHeaders: healthCheck.headers,
    releaseCheck,
    skip,
    onPreview,
  };
}

/** What is wrong between these settings. */
export function preflightIssues({
  preflight,
  processTypes,
}: Pick<PreflightSettings, "preflight" | "processTypes">): Issue[] {
  const has = (type: string) => Object.hasOwn(processTypes, type);
  if (preflight.releaseCheck === undefined || has("release") || has("web")) return [];
  const reason = 'needs a process type "release" or "web" to run in; add one to processTypes, or remove the check';
  return [{ propertyPath: "preflight.releaseCheck", reason }];
}
