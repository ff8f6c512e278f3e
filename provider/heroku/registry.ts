import type { HerokuClient } from "./client";
import { isGone } from "./heroku-error";

const dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
const dockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
const ociManifest = "application/vnd.oci.image.manifest.v1+json";
const ociIndex = "application/vnd.oci.image.index.v1+json";

/** An image in the registry: which repository, and which manifest in it. */
export interface ImageReference {
  app: string;
  processType: string;
  /** Digest of the manifest, `sha256:` and 64 hex digits. */
  digest: string;
}

interface Manifest {
  schemaVersion: number;
  mediaType?: string;
  config?: { mediaType?: string; digest?: string };
  manifests?: unknown[];
}

/** Reads `<host>/<app>/<process type>@sha256:<64 hex>`; a tag before the digest is passed over. */
export function parseImageReference(reference: string): ImageReference | undefined {
  const parts = /^[^/@\s]+\/([^/@\s:]+)\/([^/@\s:]+)(?::[\w.-]+)?@(sha256:[0-9a-f]{64})$/.exec(reference);
  const [, app, processType, digest] = parts ?? [];
  return app && processType && digest ? { app, processType, digest } : undefined;
}

/**
 * The image id that Heroku releases by: the digest of the image's config, which the manifest names. (The manifest's
 * own digest, which `docker push` prints, is another.)
 */
export async function readImageId(client: HerokuClient, image: ImageReference): Promise<string> {
  const { app, processType, digest } = image;
  try {
    return (await readManifest(client, image, digest)).imageId;
  } catch (error) {
    if (!isGone(error)) throw error;
    throw new Error(
      `image of process type "${processType}" is not in the registry ${client.settings.registryUrl}, got ` +
        `${app}/${processType}@${digest}; push it first, or correct heroku-native:registryUrl`,
      { cause: error },
    );
  }
}

/** The image last pushed for a process type; undefined when there is none. */
export async function readLatest(client: HerokuClient, image: Omit<ImageReference, "digest">) {
  try {
    return await readManifest(client, image, "latest");
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function readManifest(client: HerokuClient, image: Omit<ImageReference, "digest">, reference: string) {
  const path = `/v2/${image.app}/${image.processType}/manifests/${reference}`;
  const key = Buffer.from(`_:${client.settings.apiKey}`).toString("base64");
  const response = await client.send("registry", "GET", path, {
    headers: {
      // The other kinds are asked for too, so that a wrong one can be named.
      accept: [dockerManifest, dockerList, ociManifest, ociIndex].join(", "),
      authorization: `Basic ${key}`,
    },
  });
  const manifest = (await response.json()) as Manifest;
  const mediaType = manifest.mediaType ?? manifest.config?.mediaType ?? response.headers.get("content-type") ?? "";
  const problem = `image of process type "${image.processType}" is not a Docker image manifest (version 2, schema 2)`;
  if (manifest.manifests) {
    throw new Error(
      `${problem}, got a list of several (${mediaType}); build it for linux/amd64 alone, with ` +
        "--provenance=false --sbom=false",
    );
  }
  if (manifest.schemaVersion !== 2 || !manifest.config?.digest || mediaType.startsWith("application/vnd.oci.")) {
    throw new Error(
      `${problem}, got ${mediaType || "an unknown kind"}; push it with Docker media types ` +
        "(docker buildx build --output type=image,oci-mediatypes=false,push=true --provenance=false)",
    );
  }
  return { imageId: manifest.config.digest, digest: response.headers.get("docker-content-digest") ?? reference };
}
