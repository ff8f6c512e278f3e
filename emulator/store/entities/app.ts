import { entity, type OfApp, type Stored, type Timed } from "./entity";

/** An app. Its URLs and nested objects are made by the view. */
export interface AppRecord extends Timed {
  readonly name: string;
  readonly ownerId: string;
  readonly teamId: string | null;
  readonly regionName: string;
  /** Stack of the current release. */
  readonly stackName: string;
  /** Stack of the next release. */
  readonly buildStackName: string;
  readonly maintenance: boolean;
  readonly acm: boolean;
  readonly locked: boolean;
  readonly internalRouting: boolean | null;
  /** Buildpack URLs in order. */
  readonly buildpacks: readonly string[];
  readonly releasedAt: string | null;
  /** The release that dynos run; a failed or pending release never is. */
  readonly currentReleaseId: string | null;
}

export const apps = entity<AppRecord>()(
  { name: (app) => app.name, owner: (app) => app.ownerId, team: (app) => app.teamId },
  {},
);

/** Config vars that users set, under the app's id. Add-ons' vars are not stored: they follow from attachments. */
export interface ConfigRecord extends Stored {
  readonly vars: Readonly<Record<string, string>>;
}

export const configs = entity<ConfigRecord>()({}, { apps: "id" });

/** One image of a container release. */
export interface ReleasedImage {
  /** `sha256:` + 64 hex: the digest of the image's config. */
  readonly imageId: string;
  /** The UUID that a formation shows as `docker_image.id`, always the same for an image of an app and type. */
  readonly dockerImageId: string;
  /** CMD and ENTRYPOINT joined, as the formation shows it. */
  readonly command: string;
}

/** A release with the status `expired` is only shown so; see `Releases.isExpired`. */
export type ReleaseStatus = "pending" | "succeeded" | "failed" | "expired";

/** A release: code and config. Its dynos get `configVars`, whatever was set since. */
export interface ReleaseRecord extends OfApp {
  readonly version: number;
  readonly status: ReleaseStatus;
  readonly description: string;
  /** An account, or the add-on service that changed its values. */
  readonly user: { readonly id: string; readonly email: string };
  readonly stackName: string;
  readonly slugId: string | null;
  /** By process type; empty for a slug or without code. */
  readonly images: Readonly<Record<string, ReleasedImage>>;
  /** All config vars at this release, including those of add-ons. */
  readonly configVars: Readonly<Record<string, string>>;
  readonly addonPlanNames: readonly string[];
  /** Whether the app had the feature `runtime-dyno-metadata` when the release was made. */
  readonly dynoMetadata: boolean;
  /** Whether a release phase runs, or ran, before this release becomes current. */
  readonly hasReleasePhase: boolean;
  /** Whether it is a config change, which takes the code of the release that is current when its turn comes. */
  readonly keepsCode: boolean;
}

export const releases = entity<ReleaseRecord>()(
  { app: (release) => release.appId, version: (release) => `${release.appId}/${release.version}` },
  { apps: "app" },
);

/** The output of the release phase, under the release's id. */
export interface ReleaseOutputRecord extends Stored {
  readonly text: string;
  readonly finished: boolean;
}

export const releaseOutputs = entity<ReleaseOutputRecord>()({}, { releases: "id" });

/** How many dynos of which size run for a process type. It outlives the release that introduced its type. */
export interface FormationRecord extends OfApp {
  readonly type: string;
  readonly quantity: number;
  /** Heroku's canonical name, such as `Standard-1X`. */
  readonly size: string;
}

export const formations = entity<FormationRecord>()({ app: (formation) => formation.appId }, { apps: "app" });

/** A slug as clients register it. Local Heroku stores the record and runs no slugs. */
export interface SlugRecord extends OfApp {
  readonly processTypes: Readonly<Record<string, string>>;
  readonly buildpackProvidedDescription: string | null;
  readonly checksum: string | null;
  readonly commit: string | null;
  readonly commitDescription: string | null;
  readonly size: number | null;
  readonly stackName: string;
}

export const slugs = entity<SlugRecord>()({ app: (slug) => slug.appId }, { apps: "app" });
