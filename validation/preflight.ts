import { DYNO_MEMORY } from "./catalog";
import type { Issue } from "./issue";

/** How an image is tried before it is pushed. Nothing of it is secret: it stands in the state. */
export interface Preflight {
  /** Process type that the image is for; "web" is run until its health route answers. */
  processType: string;
  /** Path that answers 200 when the app is well, or 503 while its services are away. */
  healthPath: string;
  /** Memory of the dyno, MB. */
  memoryLimit: number;
  /** Most that the image may be, MB uncompressed. */
  sizeLimit: number;
  /** Config vars to run it with. */
  environment: Record<string, string>;
  /** Names of secret config vars, which get random values. */
  placeholders: string[];
  /** Shell command that must succeed in the image. */
  releaseCheck?: string;
  /** Whether a preview tries the image too. */
  onPreview: boolean;
}

/** The settings that decide about a preflight, under their names in the stack's file. */
export interface PreflightSettings {
  preflight: {
    enabled?: boolean;
    onPreview?: boolean;
    sizeLimit?: number;
    releaseCheck?: string;
    env?: Record<string, string>;
  };
  processTypes: Record<string, { size?: string }>;
  healthPath: string;
  configVars: Record<string, string>;
  secretConfigVars: Record<string, unknown>;
  generatedSecrets: string[];
}

/** MB. Room for a Python or Node.js app with its system packages; larger images make dynos slow to start. */
const SIZE_LIMIT = 1_000;
/** Dynos without a size of their own: release phase and one-off. */
const SMALLEST_DYNO = 512;

/** What only Heroku can set. Nothing listens at these addresses, so no service is touched. */
const PLACES: Readonly<Record<string, string>> = {
  ALLOWED_HOSTS: "localhost",
  DATABASE_URL: "postgres://placeholder:placeholder@127.0.0.1:1/placeholder",
  REDIS_URL: "rediss://:placeholder@127.0.0.1:1",
};

/** How the image of a process type is tried; undefined when it is not to be. */
export function preflightOf(processType: string, settings: PreflightSettings): Preflight | undefined {
  const { enabled = true, onPreview = false, sizeLimit = SIZE_LIMIT, releaseCheck, env } = settings.preflight;
  if (!enabled) return undefined;
  const size = settings.processTypes[processType]?.size?.toLowerCase() ?? "";
  const secrets = [...settings.generatedSecrets, ...Object.keys(settings.secretConfigVars)];
  return {
    processType,
    healthPath: settings.healthPath,
    memoryLimit: DYNO_MEMORY[size] ?? SMALLEST_DYNO,
    sizeLimit,
    environment: { ...PLACES, ...settings.configVars, ...env },
    placeholders: secrets.filter((name) => env?.[name] === undefined).sort(),
    ...(processType === "release" && releaseCheck !== undefined ? { releaseCheck } : {}),
    onPreview,
  };
}

/** What is wrong with the settings together. */
export function preflightIssues({
  preflight,
  processTypes,
}: Pick<PreflightSettings, "preflight" | "processTypes">): Issue[] {
  if (preflight.releaseCheck === undefined || "release" in processTypes) return [];
  const reason =
    'is run in the image of the process type "release", which there is not; add that to processTypes, or remove the check';
  return [{ propertyPath: "preflight.releaseCheck", reason }];
}
