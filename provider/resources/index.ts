import type { ResourceDefinition } from "../schema/definition";
import { backupSchedule } from "./backup-schedule";
import { containerRelease } from "./container-release";
import { imagePreflight } from "./image-preflight";
import { postgresSettings } from "./postgres-settings";
import { promotedImage } from "./promoted-image";
import { redisConfig } from "./redis-config";
import type { Resource } from "./resource";

/** Every resource type of the plugin. */
export const resources: readonly Resource[] = [
  containerRelease,
  imagePreflight,
  promotedImage,
  backupSchedule,
  redisConfig,
  postgresSettings,
];

export const definitions: readonly ResourceDefinition[] = resources.map(({ definition }) => definition);
