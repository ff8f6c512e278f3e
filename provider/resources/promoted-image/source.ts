import { parseImageReference } from "../../../validation/image-reference";
import type { HerokuClient } from "../../heroku/client";
import { HerokuError } from "../../heroku/errors";
import { type ImageOrigin, readImageConfig } from "../../registry/image-config";
import { type ImageManifest, type ImageReference, readManifest } from "../../registry/manifest";

/** An image that can be promoted. */
export interface SourceImage {
  repository: ImageReference;
  manifest: ImageManifest;
  origin: ImageOrigin;
}

/** What a registry says of an image that is not there, or that is another's. */
const unavailable = [401, 403, 404, 410];

/** Reads the image that is to be promoted, and reports everything that Heroku would not run it for. */
export async function readSource(client: HerokuClient, source: string, processType: string): Promise<SourceImage> {
  const repository = repositoryOf(client, source, processType);
  const shown = `${repository.app}/${repository.processType}@${repository.digest}`;
  try {
    const manifest = await readManifest(client, repository, repository.digest);
    const { platform, command, origin } = await readImageConfig(client, repository, manifest.imageId);
    refuse([
      platform !== "linux/amd64" &&
        `image to promote must be for linux/amd64, got ${platform} in ${shown}; build it with --platform linux/amd64`,
      command.length === 0 &&
        `image to promote must have a command, got none in ${shown}; give its Dockerfile a CMD or ENTRYPOINT`,
    ]);
    return { repository, manifest, origin };
  } catch (error) {
    if (!(error instanceof HerokuError) || !unavailable.includes(error.status)) throw error;
    throw new Error(
      `image to promote is not in the registry ${client.settings.registryUrl}, or is not this API key's to read, got ` +
        `${shown} (${error.status} ${error.id}); name an image that is there, or build and push it again`,
      { cause: error },
    );
  }
}

function repositoryOf(client: HerokuClient, source: string, processType: string): ImageReference {
  const repository = parseImageReference(source);
  if (!repository) throw new Error(`image to promote must be a reference by digest, got "${source}"; correct "source"`);
  const [host] = source.split("/", 1);
  const { host: own } = new URL(client.settings.registryUrl);
  refuse([
    host !== own &&
      `image to promote must be in the registry ${own}, got ${host} in "${source}"; promote from a stack of the same registry`,
    repository.processType !== processType &&
      `image to promote must be of the process type "${processType}", got "${repository.processType}" in "${source}"; ` +
        "name that type's image",
  ]);
  return repository;
}

/** Throws all faults there are at once. */
function refuse(faults: (string | false)[]): void {
  const found = faults.filter((fault) => fault !== false);
  if (found.length > 0) throw new Error(found.join("\n"));
}
