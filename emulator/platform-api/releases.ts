import { DEFAULT_DYNO_SIZE } from "../catalog/dyno-sizes";
import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AppRecord, ReleasedImage, ReleaseRecord } from "../store/entities";
import { currentRelease, hasFeature } from "../store/queries";
import { environment, ownedNames } from "./config-vars";
import type { Actor, Core } from "./core";

/**
 * Heroku keeps the code of releases that are newer than this, or among this many newest:
 * https://devcenter.heroku.com/articles/releases
 */
const KEPT_MILLISECONDS = 30 * 24 * 60 * 60 * 1_000;
const KEPT_RELEASES = 20;

/** The code of a release: images of the container registry, or a slug. */
export interface Code {
  readonly images: Readonly<Record<string, ReleasedImage>>;
  readonly slugId: string | null;
}

/** What a new release is made from. */
interface ReleaseChange {
  readonly description: string;
  readonly user: Actor;
  /** New code; without it the release keeps the current code. */
  readonly code?: Code;
  /** Whether the release phase runs if the code has one. Not for changes by an add-on's provider. */
  readonly runsReleasePhase: boolean;
}

/**
 * An app's history of releases. `create` belongs in the transaction of the change that causes it. A release that has a
 * release phase, or waits behind one that does, starts as `pending`; `ReleaseRunner` completes it.
 */
export class Releases {
  constructor(
    private readonly core: Core,
    private readonly wake: (appId: string) => void,
  ) {}

  /** Oldest first. */
  of(appId: string): ReleaseRecord[] {
    return this.releases.by("app", appId);
  }

  /** By id or version (`3` or `v3`). */
  find(app: AppRecord, idOrVersion: string): ReleaseRecord {
    const release =
      this.releases.get(idOrVersion) ?? this.releases.find("version", `${app.id}/${idOrVersion.replace(/^v/, "")}`);
    if (release?.appId !== app.id) throw notFound("release");
    return release;
  }

  create(app: AppRecord, change: ReleaseChange): ReleaseRecord {
    const { store } = this.core;
    const code = change.code ?? this.codeOf(this.current(app));
    const hasReleasePhase = change.runsReleasePhase && code.images.release !== undefined;
    const waits = hasReleasePhase || this.pending(app.id).length > 0;
    const release = this.releases.put({
      ...newRecord(this.core),
      appId: app.id,
      version: (this.of(app.id).at(-1)?.version ?? 0) + 1,
      status: "pending",
      description: change.description,
      user: { id: change.user.id, email: change.user.email },
      stackName: change.code === undefined ? app.stackName : app.buildStackName,
      ...code,
      configVars: environment(store, app.id),
      addonPlanNames: store
        .collection("addons")
        .by("app", app.id)
        .map((addon) => `${addon.serviceName}:${addon.planName}`),
      dynoMetadata: hasFeature(store, app.id, "runtime-dyno-metadata"),
      hasReleasePhase,
      keepsCode: change.code === undefined,
    });
    this.log(release, change.description);
    const next = hasReleasePhase
      ? `Running release v${release.version} commands`
      : `Release v${release.version} created`;
    this.log(release, next);
    this.wake(app.id);
    return waits ? release : this.succeed(release);
  }

  /** Makes a release with the code and the user's config vars of an earlier one; add-ons are not changed. */
  rollBack(app: AppRecord, target: ReleaseRecord, user: Actor): ReleaseRecord {
    if (!this.isEligibleForRollback(target)) {
      throw invalidParams(`Cannot roll back to v${target.version}: it has no code that ran and is still kept.`);
    }
    return this.core.store.transaction(() => {
      const owned = ownedNames(this.core.store, app.id);
      const vars = Object.fromEntries(Object.entries(target.configVars).filter(([name]) => !owned.has(name)));
      this.core.store.collection("configs").put({ id: app.id, vars });
      const description = `Rollback to v${target.version}`;
      return this.create(app, { description, user, code: this.codeOf(target), runsReleasePhase: true });
    });
  }

  pending(appId: string): ReleaseRecord[] {
    return this.of(appId).filter((release) => release.status === "pending");
  }

  current(app: AppRecord): ReleaseRecord | undefined {
    return currentRelease(this.core.store, app);
  }

  codeOf(release: ReleaseRecord | undefined): Code {
    return { images: release?.images ?? {}, slugId: release?.slugId ?? null };
  }

  /** The process types of a release's code with their commands. */
  processTypes(release: ReleaseRecord | undefined): Readonly<Record<string, string>> {
    const slug = release?.slugId ? this.core.store.collection("slugs").get(release.slugId) : undefined;
    const images = Object.entries(release?.images ?? {}).map(([type, { command }]) => [type, command]);
    return { ...slug?.processTypes, ...Object.fromEntries(images) };
  }

  /** Gives a config change the code of the release that is now current. */
  takeTurn(release: ReleaseRecord): ReleaseRecord {
    const app = this.core.store.collection("apps").get(release.appId);
    if (!release.keepsCode || app === undefined) return release;
    const code = this.codeOf(this.current(app));
    const hasReleasePhase = release.hasReleasePhase && code.images.release !== undefined;
    return this.change(release, { ...code, hasReleasePhase });
  }

  /** Whether the release's code is no longer kept. That of the current release always is. */
  isExpired({ appId, createdAt, id, version }: ReleaseRecord): boolean {
    if (this.core.clock.now() - Date.parse(createdAt) <= KEPT_MILLISECONDS) return false;
    const newest = this.of(appId).at(-1)?.version ?? version;
    return newest - version >= KEPT_RELEASES && this.core.store.collection("apps").get(appId)?.currentReleaseId !== id;
  }

  isEligibleForRollback(release: ReleaseRecord): boolean {
    const hasCode = release.slugId !== null || Object.keys(release.images).length > 0;
    return release.status === "succeeded" && hasCode && !this.isExpired(release);
  }

  /** Makes the release current. */
  succeed(release: ReleaseRecord): ReleaseRecord {
    return this.core.store.transaction(() => {
      const succeeded = this.change(release, { status: "succeeded" });
      const now = succeeded.updatedAt;
      this.core.store.collection("apps").update(release.appId, {
        currentReleaseId: release.id,
        releasedAt: now,
        updatedAt: now,
        stackName: release.stackName,
      });
      this.addFormations(succeeded);
      return succeeded;
    });
  }

  fail(release: ReleaseRecord): ReleaseRecord {
    return this.change(release, { status: "failed" });
  }

  private change(release: ReleaseRecord, fields: Partial<ReleaseRecord>): ReleaseRecord {
    return this.releases.put({ ...release, ...fields, updatedAt: this.core.clock.timestamp() });
  }

  /** New process types start with no dynos, but the first `web` with one. */
  private addFormations(release: ReleaseRecord): void {
    const formations = this.core.store.collection("formations");
    const rows = formations.by("app", release.appId);
    for (const type of Object.keys(this.processTypes(release))) {
      if (rows.some((row) => row.type === type)) continue;
      const size = rows[0]?.size ?? DEFAULT_DYNO_SIZE;
      const quantity = type === "web" ? 1 : 0;
      formations.put({ ...newRecord(this.core), appId: release.appId, type, quantity, size });
    }
  }

  private log({ appId, user }: ReleaseRecord, what: string): void {
    this.core.machines.logs.append(appId, { source: "app", dyno: "api", message: `${what} by user ${user.email}` });
  }

  private get releases() {
    return this.core.store.collection("releases");
  }
}

/** The description of a container release: `Deployed web (142013fe2b5c)`, types by name. */
export function deployDescription(images: Readonly<Record<string, ReleasedImage>>): string {
  const parts = Object.entries(images)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, { imageId }]) => `${type} (${imageId.replace("sha256:", "").slice(0, 12)})`);
  return `Deployed ${parts.join(", ")}`;
}
