import { entity, type OfApp, type Timed } from "./entity";

/** `deprovisioned` is also the state of an add-on whose provisioning failed. */
export type AddonState = "provisioning" | "provisioned" | "deprovisioning" | "deprovisioned";

/** An add-on. `appId` is its billing app; it may be attached to others too. */
export interface AddonRecord extends OfApp {
  /** Unique over all apps, such as `postgresql-round-12345`. */
  readonly name: string;
  /** `heroku-postgresql`. */
  readonly serviceName: string;
  /** Without the service: `essential-0`. */
  readonly planName: string;
  readonly state: AddonState;
  /** The options it was created with, such as `version`. */
  readonly config: Readonly<Record<string, string>>;
  readonly accountId: string;
  readonly provisionMessage: string | null;
  /** By config var suffix: `{ URL: "postgres://…" }`; empty until provisioned. */
  readonly values: Readonly<Record<string, string>>;
  /** The same for attachments with a namespace such as `credential:reader`. */
  readonly namespaceValues: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An app's add-ons outlive it until their services are deprovisioned. */
export const addons = entity<AddonRecord>()({ app: (addon) => addon.appId, name: (addon) => addon.name }, {});

/** An add-on's attachment to an app: `DATABASE` makes `DATABASE_URL`. */
export interface AttachmentRecord extends OfApp {
  readonly addonId: string;
  readonly name: string;
  readonly namespace: string | null;
}

export const attachments = entity<AttachmentRecord>()(
  {
    addon: (attachment) => attachment.addonId,
    app: (attachment) => attachment.appId,
    name: (attachment) => `${attachment.appId}/${attachment.name}`,
  },
  { addons: "addon", apps: "app" },
);

/** A user name and password of a credential. */
export interface CredentialUser {
  readonly user: string;
  readonly password: string;
  readonly state: string;
}

/** A named credential of a database; `default` is the owner's. */
export interface CredentialRecord extends Timed {
  readonly addonId: string;
  readonly name: string;
  readonly state: "provisioning" | "wait_for_provisioning" | "active" | "rotating" | "revoking" | "archived";
  readonly users: readonly CredentialUser[];
}

export const credentials = entity<CredentialRecord>()(
  { addon: (credential) => credential.addonId },
  { addons: "addon" },
);

/** The changed settings of a database or a key-value store, under the add-on's id. */
export interface AddonSettingsRecord extends Timed {
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

export const addonSettings = entity<AddonSettingsRecord>()({}, { addons: "id" });

/** A data service's weekly maintenance window, under the add-on's id. */
export interface MaintenanceWindowRecord extends Timed {
  /** As shown: `Tuesdays 14:30 to 18:30 UTC`. */
  readonly window: string;
}

export const maintenanceWindows = entity<MaintenanceWindowRecord>()({}, { addons: "id" });
