import type { HerokuClient, RequestOptions } from "../heroku/client";
import { isGone } from "../heroku/errors";

/** The only kind of manifest that Heroku takes. */
export const dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
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

/** A part of an image as its manifest names it. */
export interface Blob {
  digest: string;
  size: number;
}

/** A Docker image manifest (version 2, schema 2). */
export interface ImageManifest {
  /** The manifest as it was pushed, to the byte: the digest is that of these bytes. */
  text: string;
  digest: string;
  /** Digest of the image's config. */
  imageId: string;
  /** The layers and the config. */
  blobs: Blob[];
}

interface ManifestBody {
  schemaVersion: number;
  mediaType?: string;
  config?: { mediaType?: string; digest?: string; size?: number };
  layers?: Blob[];
  manifests?: unknown[];
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
    const { imageId, digest } = await readManifest(client, image, "latest");
    return { imageId, digest };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Path of a repository in the registry. */
export function repositoryPath({ app, processType }: Omit<ImageReference, "digest">): string {
  return `/v2/${app}/${processType}`;
}

/** Sends a request to the registry, signed in with the API key. */
export function askRegistry(
  client: HerokuClient,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  const key = Buffer.from(`_:${client.settings.apiKey}`).toString("base64");
  return client.send("registry", method, path, {
    ...options,
    headers: { authorization: `Basic ${key}`, ...options.headers },
  });
}

/** Reads the manifest of a tag or digest, and refuses every kind that Heroku does not take. */
export async function readManifest(
  client: HerokuClient,
  image: Omit<ImageReference, "digest">,
  reference: string,
): Promise<ImageManifest> {
  const response = await askRegistry(client, "GET", `${repositoryPath(image)}/manifests/${reference}`, {
    // The other kinds are asked for too, so that a wrong one can be named.
    headers: { accept: [dockerManifest, dockerList, ociManifest, ociIndex].join(", ") },
  });
  const text = await response.text();
  const manifest = JSON.parse(text) as ManifestBody;
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
  const { digest: imageId, size = 0 } = manifest.config;
  const digest = response.headers.get("docker-content-digest") ?? reference;
  return { text, digest, imageId, blobs: [...(manifest.layers ?? []), { digest: imageId, size }] };
}
