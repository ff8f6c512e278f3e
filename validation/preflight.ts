import { DYNO_MEMORY } from "./catalog";
import { DEFAULTS } from "./defaults";
import type { Issue } from "./issue";

/** How an image is checked before it is pushed. It holds no secret, since the state shows it. */
export interface Preflight {
  /** Process type that the image is for; "web" is run until its health route responds. */
  processType: string;
  /** Path that returns 200 if the app is healthy, or 503 while its services are missing. */
  healthPath: string;
  /** Memory of the dyno, MB. */
  memoryLimit: number;
  /** Largest image, MB uncompressed. */
  sizeLimit: number;
  /** Config vars to run it with. */
  environment: Record<string, string>;
  /** Names of secret config vars, which get random values. */
  placeholders: string[];
  /** Shell command that must succeed in the image. */
  releaseCheck?: string;
  /** Whether a preview checks the image too. */
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
  };
  processTypes: Record<string, { size?: string }>;
  healthPath: string;
  /** Config var for the app's host names. */
  hostsVar: string;
  configVars: Record<string, string>;
  secretConfigVars: Record<string, unknown>;
  generatedSecrets: string[];
}

/** Placeholders for variables that only Heroku sets; nothing listens at these addresses. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://placeholder:placeholder@127.0.0.1:1/placeholder",
  REDIS_URL: "rediss://:placeholder@127.0.0.1:1",
};

/** How the image of a process type is checked; undefined for not at all. */
export function preflightOf(processType: string, settings: PreflightSettings): Preflight | undefined {
  const { enabled, onPreview, sizeLimit, releaseCheck, env } = settings.preflight;
  if (!enabled) return undefined;
  const size = settings.processTypes[processType]?.size?.toLowerCase() ?? "";
  const { hostsVar, configVars } = settings;
  // The preflight's requests are for this host.
  const hosts = [configVars[hostsVar] ?? [], "localhost"].flat().join(",");
  const secrets = [...settings.generatedSecrets, ...Object.keys(settings.secretConfigVars)];
  return {
    processType,
    healthPath: settings.healthPath,
    memoryLimit: DYNO_MEMORY[size] ?? DEFAULTS.memoryLimit,
    sizeLimit,
    environment: { ...PLACEHOLDERS, ...settings.configVars, [hostsVar]: hosts, ...env },
    placeholders: secrets.filter((name) => env?.[name] === undefined).sort(),
    ...(processType === "release" && releaseCheck !== undefined ? { releaseCheck } : {}),
    onPreview,
  };
}

/** What is wrong between these settings. */
export function preflightIssues({
  preflight,
  processTypes,
}: Pick<PreflightSettings, "preflight" | "processTypes">): Issue[] {
  if (preflight.releaseCheck === undefined || Object.hasOwn(processTypes, "release")) return [];
  const reason = 'needs a process type "release", which is not defined; add it to processTypes, or remove the check';
  return [{ propertyPath: "preflight.releaseCheck", reason }];
}
