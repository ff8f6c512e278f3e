import { DEFAULT_DYNO_SIZE, findDynoSize, mixedSizes } from "../catalog/dyno-sizes";
import { CONTAINER_STACK } from "../catalog/stacks";
import { invalidParams, notFound } from "../http/errors";
import { derivedId } from "../ids";
import { newRecord } from "../new-record";
import type { AccountRecord, AppRecord, FormationRecord, ReleasedImage } from "../store/entities";
import type { Core } from "./core";
import type { ReleaseRunner } from "./release-runner";
import { deployDescription, type Releases } from "./releases";

/** What is requested for one process type. */
export interface FormationUpdate {
  readonly type: string;
  /** A number, also as text, or a step such as `+1`. */
  readonly quantity?: number | string | undefined;
  /** Name in any case, or id. */
  readonly size?: string | undefined;
  /** An image id to release; null removes the process type. */
  readonly image?: string | null | undefined;
}

type Images = ReadonlyMap<string, ReleasedImage | null>;

const LARGEST_QUANTITY = 100;
/** Sizes of which a process type can have only one dyno. */
const SINGLE_SIZES = new Set(["Eco", "Basic"]);

/** How many dynos of which size run for each process type, and from which image. */
export class Formation {
  private readonly releases: Releases;

  constructor(
    private readonly core: Core,
    private readonly runner: ReleaseRunner,
  ) {
    this.releases = runner.releases;
  }

  /** The rows of the process types that the current release has. */
  of(app: AppRecord): FormationRecord[] {
    const types = this.releases.processTypes(this.releases.current(app));
    return this.formations.by("app", app.id).filter((row) => row.type in types);
  }

  find(app: AppRecord, idOrType: string): FormationRecord {
    const row = this.of(app).find(({ id, type }) => id === idOrType || type === idOrType);
    if (row === undefined) throw notFound("formation");
    return row;
  }

  /** Applies all updates or none. Images of all types make one release. */
  async change(
    app: AppRecord,
    account: AccountRecord,
    updates: readonly FormationUpdate[],
  ): Promise<FormationRecord[]> {
    const images = await this.findImages(app, updates);
    const { store, clock, machines } = this.core;
    const rows = store.transaction(() => {
      const deployed = new Set(this.release(app, account, images));
      const known = this.releases.processTypes(this.releases.current(app));
      const changed = updates.map((update) => {
        if (!(update.type in known) && !deployed.has(update.type))
          throw notFound("process type", `Couldn't find that process type (${update.type}).`);
        const row = this.rowOf(app, update.type);
        const scaled = { ...row, quantity: quantityOf(update, row), size: sizeOf(update, row) };
        requireAllowed(scaled);
        const isUnchanged = scaled.quantity === row.quantity && scaled.size === row.size;
        return this.formations.put(isUnchanged ? row : { ...scaled, updatedAt: clock.timestamp() });
      });
      // All of a batch together: one type after the other could never leave Basic.
      this.requireOneTier(app, (type) => type in known || deployed.has(type));
      return changed;
    });
    if (updates.some(({ quantity, size }) => quantity !== undefined || size !== undefined)) {
      const parts = rows.map((row) => `${row.type}@${row.quantity}:${row.size}`);
      const message = `Scaled to ${parts.join(" ")} by user ${account.email}`;
      machines.logs.append(app.id, { source: "app", dyno: "api", message });
      this.runner.converge(app.id);
    }
    return rows;
  }

  /** Finds all images before anything changes. */
  private async findImages(app: AppRecord, updates: readonly FormationUpdate[]): Promise<Images> {
    const found = new Map<string, ReleasedImage | null>();
    for (const { type, image } of updates) {
      if (image === undefined) continue;
      if (app.buildStackName !== CONTAINER_STACK) {
        throw invalidParams(
          `Cannot release images on the stack ${app.buildStackName}; set the app's stack to ${CONTAINER_STACK}.`,
        );
      }
      found.set(type, image === null ? null : await this.findImage(app, type, image));
    }
    return found;
  }

  private async findImage(app: AppRecord, type: string, wanted: string): Promise<ReleasedImage> {
    if (!/^[-\w]{1,128}$/.test(type)) throw invalidParams(`Invalid process type, got "${type}".`);
    const imageId = wanted.startsWith("sha256:") ? wanted : `sha256:${wanted}`;
    if (!/^sha256:[0-9a-f]{64}$/.test(imageId)) throw invalidParams(`Invalid docker image id, got "${wanted}".`);
    const pushed = await this.core.machines.images.find(app.id, type, imageId);
    if (pushed === undefined)
      throw notFound("docker image", `Couldn't find the image ${imageId} of process type ${type} in the registry.`);
    return { imageId, dockerImageId: derivedId("docker-image", app.id, type, imageId), command: pushed.command };
  }

  /** Makes one release of the images, unless the newest release has all of them; returns their process types. */
  private release(app: AppRecord, account: AccountRecord, images: Images): string[] {
    if (images.size === 0) return [];
    const deploys = this.releases.pending(app.id).filter(({ keepsCode }) => !keepsCode);
    const base = deploys.at(-1) ?? this.releases.current(app);
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
    const code = { images: next, slugId: null };
    this.releases.create(app, { description, user: account, code, runsReleasePhase: true });
    return types;
  }

  /** Process types without dynos do not count. */
  private requireOneTier(app: AppRecord, exists: (type: string) => boolean): void {
    const running = this.formations.by("app", app.id).filter(({ quantity, type }) => quantity > 0 && exists(type));
    const refusal = mixedSizes(running.map(({ size }) => size));
    if (refusal !== undefined) throw invalidParams(refusal);
  }

  /** The row of a process type, which has none while its first release is pending. */
  private rowOf(app: AppRecord, type: string): FormationRecord {
    const rows = this.formations.by("app", app.id);
    const row = rows.find((candidate) => candidate.type === type);
    const size = rows[0]?.size ?? DEFAULT_DYNO_SIZE;
    return row ?? { ...newRecord(this.core), appId: app.id, type, quantity: type === "web" ? 1 : 0, size };
  }

  private get formations() {
    return this.core.store.collection("formations");
  }
}

function sameImages(a: Readonly<Record<string, ReleasedImage>>, b: Readonly<Record<string, ReleasedImage>>): boolean {
  const types = Object.keys(a);
  return types.length === Object.keys(b).length && types.every((type) => a[type]?.imageId === b[type]?.imageId);
}

function quantityOf({ quantity }: FormationUpdate, row: FormationRecord): number {
  if (quantity === undefined) return row.quantity;
  const text = String(quantity);
  if (!/^[+-]?\d+$/.test(text)) throw invalidParams(`Invalid quantity, got ${JSON.stringify(quantity)}.`);
  const isStep = typeof quantity === "string" && /^[+-]/.test(text);
  const wanted = isStep ? Math.max(0, row.quantity + Number(text)) : Number(text);
  if (wanted < 0 || wanted > LARGEST_QUANTITY) {
    throw invalidParams(`Invalid quantity, got ${text}; it must be 0 to ${LARGEST_QUANTITY}.`);
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
  if (row.quantity > 1 && SINGLE_SIZES.has(row.size)) {
    throw invalidParams(`Cannot update to more than 1 ${row.size} size dynos per process type.`);
  }
}
