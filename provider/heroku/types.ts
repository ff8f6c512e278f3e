/**
 * What Heroku's APIs answer, as far as this provider reads it. Names are Heroku's own.
 * Sources: the Platform API schema v3 for the first part; the Data API as Heroku's own CLI uses it for the second.
 */

/** Platform API: app. */
export interface App {
  id: string;
  name: string;
  build_stack: { name: string };
  /** Address of the app; null while it has none. */
  web_url: string | null;
  maintenance: boolean;
}

/** Platform API: add-on. `plan.name` is `<service>:<plan>`. */
export interface Addon {
  id: string;
  name: string;
  plan: { name: string };
  state: "provisioning" | "provisioned" | "deprovisioning" | "deprovisioned";
}

/** Platform API: release. */
export interface Release {
  id: string;
  version: number;
  description: string;
  status: "pending" | "succeeded" | "failed" | "expired";
  current: boolean;
  created_at: string;
  output_stream_url: string | null;
}

/** Platform API: formation entry. `docker_image` comes only with the docker-releases variant. */
export interface Formation {
  type: string;
  quantity: number;
  size: string;
  docker_image?: { id: string } | null;
}

/** Platform API: dyno. */
export interface Dyno {
  /** `web.1`. */
  name: string;
  type: string;
  state: string;
  release: { version: number };
}

/** Data API: a schedule of PGBackups. The CLI sends `hour` as a string, so it may come back as one. */
export interface TransferSchedule {
  uuid: string;
  name: string;
  hour: number | string;
  timezone: string;
  days?: string[] | null;
  retain_weeks?: number | null;
  retain_months?: number | null;
}

/** Data API: whether a data service is still being prepared. */
export interface WaitStatus {
  message: string;
  "waiting?": boolean;
  "error?"?: boolean;
}

/** A value of a data service's setting. */
export type SettingValue = string | number | boolean;

/** Data API: the settings of a database or key-value store, by Heroku's name. */
export type Settings = Record<string, { value: SettingValue; default?: SettingValue } | undefined>;
