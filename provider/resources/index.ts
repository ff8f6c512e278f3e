import type { ResourceDefinition } from "../schema/definition";
import { appPreflight } from "./app-preflight/resource";
import { backupSchedule } from "./backup-schedule/resource";
import { containerRelease } from "./container-release/resource";
import { postgresSettings } from "./data-settings/postgres";
import { redisConfig } from "./data-settings/redis";
import { promotedImage } from "./promoted-image/resource";
import type { Resource } from "./resource";

/** Every resource type of the plugin. */
export const resources: readonly Resource[] = [
  containerRelease,
  appPreflight,
  promotedImage,
  backupSchedule,
  redisConfig,
  postgresSettings,
];

export const definitions: readonly ResourceDefinition[] = resources.map(({ definition }) => definition);
