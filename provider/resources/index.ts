import { type ResourceDefinition, tokenOf } from "../schema/definition";
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

/** The resource of a type token. */
export function resourceOf(token: string): Resource {
  const resource = resources.find(({ definition }) => tokenOf(definition) === token);
  if (resource) return resource;
  const known = definitions.map(tokenOf).join(", ");
  throw new Error(`resource type is not known to this plugin, got ${token}; known are ${known}`);
}
