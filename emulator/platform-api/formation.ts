import { DEFAULT_DYNO_SIZE, findDynoSize } from "../catalog/dyno-sizes";
import { CONTAINER_STACK } from "../catalog/stacks";
import { invalidParams, notFound } from "../http/errors";
import { derivedId } from "../ids";
import type { AccountRecord, AppRecord, FormationRecord, ReleasedImage } from "../store/entities";
import { birth } from "./core";
import type { Platform } from "./platform";
import { deployDescription } from "./releases";

/** What is asked of one process type. */
export interface FormationUpdate {
  readonly type: string;
  /** A number, also as text, or a step such as `+1`. */
  readonly quantity?: number | string | undefined;
  /** Name in any case, or id. */
  readonly size?: string | undefined;
  /** An image id to release; null takes the process type away. */
  readonly image?: string | null | undefined;
}

const GREATEST_QUANTITY = 100;
/** Sizes of which a process type can have one dyno only. */
const SINGLE = new Set(["Eco", "Basic"]);

/** Applies updates to an app's formation, all or none. Images of all types make one release. */
export async function updateFormation(
  platform: Platform,
  app: AppRecord,
  account: AccountRecord,
  updates: readonly FormationUpdate[],
): Promise<FormationRecord[]> {
  const images = await findImages(platform, app, updates);
  const { store, clock, machines } = platform.core;
  const rows = store.transaction(() => {
    const deployed = new Set(release(platform, app, account, images));
    const known = platform.releases.processTypes(platform.releases.current(app));
    return updates.map((update) => {
      if (!(update.type in known) && !deployed.has(update.type))
        throw notFound("process type", `Couldn't find that process type (${update.type}).`);
      const row = rowOf(platform, app, update.type);
      const scaled = { ...row, quantity: quantityOf(update, row), size: sizeOf(update, row) };
      requireAllowed(scaled);
      const unchanged = scaled.quantity === row.quantity && scaled.size === row.size;
      return store.collection("formations").put(unchanged ? row : { ...scaled, updatedAt: clock.timestamp() });
    });
  });
  const scaled = updates.filter(({ quantity, size }) => quantity !== undefined || size !== undefined);
  if (scaled.length > 0) {
    const parts = rows.map((row) => `${row.type}@${row.quantity}:${row.size}`);
    const message = `Scaled to ${parts.join(" ")} by user ${account.email}`;
    machines.logs.append(app.id, { source: "app", dyno: "api", message });
    platform.runner.converge(app.id);
  }
  return rows;
}

type Images = ReadonlyMap<string, ReleasedImage | null>;

/** Looks the images up before anything is changed. */
async function findImages(platform: Platform, app: AppRecord, updates: readonly FormationUpdate[]): Promise<Images> {
  const found = new Map<string, ReleasedImage | null>();
  for (const { type, image } of updates) {
    if (image === undefined) continue;
    if (app.buildStackName !== CONTAINER_STACK) {
      throw invalidParams(
        `Cannot release images on the stack ${app.buildStackName}; set the app's stack to ${CONTAINER_STACK}.`,
      );
    }
    if (image === null) found.set(type, null);
    else found.set(type, await findImage(platform, app, type, image));
  }
  return found;
}

async function findImage(platform: Platform, app: AppRecord, type: string, wanted: string): Promise<ReleasedImage> {
  if (!/^[-\w]{1,128}$/.test(type)) throw invalidParams(`Invalid process type, got "${type}".`);
  const imageId = wanted.startsWith("sha256:") ? wanted : `sha256:${wanted}`;
  if (!/^sha256:[0-9a-f]{64}$/.test(imageId)) throw invalidParams(`Invalid docker image id, got "${wanted}".`);
  const pushed = await platform.core.machines.images.find(app.id, type, imageId);
  if (pushed === undefined)
    throw notFound("docker image", `Couldn't find the image ${imageId} of process type ${type} in the registry.`);
  return { imageId, dockerImageId: derivedId("docker-image", app.id, type, imageId), command: pushed.command };
}

/** Makes one release of the images unless all are what the newest release has already; answers their types. */
function release(platform: Platform, app: AppRecord, account: AccountRecord, images: Images): string[] {
  if (images.size === 0) return [];
  const { releases } = platform;
  const base =
    releases
      .pending(app.id)
      .filter(({ keepsCode }) => !keepsCode)
      .at(-1) ?? releases.current(app);
  const next: Record<string, ReleasedImage> = { ...base?.images };
  const deployed: Record<string, ReleasedImage> = {};
  const removed: string[] = [];
  for (const [type, image] of images) {
    if (image === null) {
      if (delete next[type]) removed.push(type);
    } else {
      next[type] = image;
      deployed[type] = image;
    }
  }
  const types = [...images.keys()];
  if (sameImages(base?.images ?? {}, next)) return types;
  const description = Object.keys(deployed).length > 0 ? deployDescription(deployed) : `Remove ${removed.join(", ")}`;
  releases.create(app, { description, user: account, code: { images: next, slugId: null }, runsReleasePhase: true });
  return types;
}

function sameImages(a: Readonly<Record<string, ReleasedImage>>, b: Readonly<Record<string, ReleasedImage>>): boolean {
  const types = Object.keys(a);
  return types.length === Object.keys(b).length && types.every((type) => a[type]?.imageId === b[type]?.imageId);
}

/** The row of a process type; while its first release is pending there is none yet. */
function rowOf(platform: Platform, app: AppRecord, type: string): FormationRecord {
  const rows = platform.core.store.collection("formations").by("app", app.id);
  const row = rows.find((candidate) => candidate.type === type);
  const size = rows[0]?.size ?? DEFAULT_DYNO_SIZE;
  return row ?? { ...birth(platform.core), appId: app.id, type, quantity: type === "web" ? 1 : 0, size };
}

function quantityOf({ quantity }: FormationUpdate, row: FormationRecord): number {
  if (quantity === undefined) return row.quantity;
  const text = String(quantity);
  if (!/^[+-]?\d+$/.test(text)) throw invalidParams(`Invalid quantity, got ${JSON.stringify(quantity)}.`);
  const isStep = typeof quantity === "string" && /^[+-]/.test(text);
  const wanted = isStep ? Math.max(0, row.quantity + Number(text)) : Number(text);
  if (wanted < 0 || wanted > GREATEST_QUANTITY) {
    throw invalidParams(`Invalid quantity, got ${text}; it must be 0 to ${GREATEST_QUANTITY}.`);
  }
  return wanted;
}

function sizeOf({ size }: FormationUpdate, row: FormationRecord): string {
  if (size === undefined) return row.size;
  const found = findDynoSize(size);
  if (found === undefined) throw notFound("dyno size", `Couldn't find that dyno size, got "${size}".`);
  return found.name;
}

function requireAllowed(row: FormationRecord): void {
  if (row.quantity > 1 && SINGLE.has(row.size)) {
    throw invalidParams(`Cannot update to more than 1 ${row.size} size dynos per process type.`);
  }
}
