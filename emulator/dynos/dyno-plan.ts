import { createHash } from "node:crypto";
import { findDynoSize } from "../catalog/dyno-sizes";
import type { ContainerSpec } from "../docker/engine";
import type { Reach } from "../docker/reach";
import type { RunnableImage } from "./image-source";
import { processCommand } from "./process-command";

/** What a dyno's container is for. */
export type DynoRole = "dyno" | "one-off" | "release";

/** What defines a dyno. Stored in its container's labels, so that it outlives this process. */
export interface DynoPlan {
  /** UUID of the dyno. */
  id: string;
  role: DynoRole;
  appId: string;
  /** `web.1`, `run.4821`. */
  name: string;
  type: string;
  /** Heroku's canonical size. */
  size: string;
  /** As shown; except for one-off dynos, the image decides what really runs. */
  command: string;
  releaseId: string;
  releaseVersion: number;
  imageId: string;
  /** The port of a web process; null for others. */
  port: number | null;
  createdAt: string;
}

/** The label that holds the plan. */
export const PLAN_LABEL = "local-heroku.dyno";

/** The label that holds the app's id. */
export const APP_LABEL = "local-heroku.app";

const MB = 1024 * 1024;

/**
 * Memory at which a dyno is killed (R15), as a multiple of its quota:
 * https://devcenter.heroku.com/articles/error-codes#r15-memory-quota-vastly-exceeded
 */
function killFactor(size: string): number {
  return ["Performance-L-RAM", "Performance-XL", "Performance-2XL"].includes(size) ? 1.2 : 2;
}

/** The memory quota of a size in bytes. */
export function memoryQuota(size: string): number {
  return (findDynoSize(size)?.memoryMb ?? 512) * MB;
}

/** What a container is made from besides its plan. */
interface Surroundings {
  image: RunnableImage;
  configVars: Readonly<Record<string, string>>;
  network: string;
  reach: Reach;
}

/** The container for a plan. */
export function containerSpec(plan: DynoPlan, { image, configVars, network, reach }: Surroundings): ContainerSpec {
  const quota = memoryQuota(plan.size);
  return {
    name: `${plan.name}-${plan.id}`,
    image: image.reference,
    role: plan.role,
    labels: { [APP_LABEL]: plan.appId, [PLAN_LABEL]: JSON.stringify(plan) },
    // A one-off's command replaces the image's CMD; its ENTRYPOINT stays.
    command: plan.role === "one-off" ? ["/bin/sh", "-c", plan.command] : processCommand(image, plan.port),
    env: {
      ...configVars,
      ...(plan.port === null ? {} : { PORT: String(plan.port) }),
      DYNO: plan.name,
      // The init process passes SIGTERM to all processes, as Heroku does.
      TINI_KILL_PROCESS_GROUP: "1",
    },
    user: user(plan.id),
    init: true,
    network,
    memory: quota * killFactor(plan.size),
    memoryReservation: quota,
    processes: findDynoSize(plan.size)?.processes ?? 256,
    noNewPrivileges: true,
    publish: plan.port !== null && reach === "published" ? { [plan.port]: 0 } : undefined,
  };
}

/**
 * Heroku runs containers under a user id that images cannot know in advance:
 * https://devcenter.heroku.com/articles/container-registry-and-runtime#run-the-image-as-a-non-root-user
 */
function user(dynoId: string): string {
  const uid = 10_000 + (createHash("sha256").update(dynoId).digest().readUInt16BE(0) % 50_000);
  return `${uid}:${uid}`;
}
