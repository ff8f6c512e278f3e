import type { HerokuClient } from "../heroku/client";
import { isGone } from "../heroku/errors";
import {
  askRegistry,
  type Blob,
  dockerManifest,
  type ImageManifest,
  type ImageReference,
  repositoryPath,
} from "./manifest";

type Repository = Omit<ImageReference, "digest">;

/** How long one layer may take through this machine, where the registry cannot mount it. */
const copyTimeout = 30 * 60_000;

/** Whether a repository has the manifest. */
export async function hasManifest(client: HerokuClient, image: ImageReference): Promise<boolean> {
  const path = `${repositoryPath(image)}/manifests/${image.digest}`;
  return isThere(askRegistry(client, "HEAD", path, { headers: { accept: dockerManifest } }));
}

/**
 * Brings an image from one repository of the registry into another, to the byte, and tags it `latest` there. Layers are
 * mounted: the registry lends its own bytes, and nothing passes through this machine.
 */
export async function copyImage(
  client: HerokuClient,
  manifest: ImageManifest,
  from: Repository,
  to: Repository,
): Promise<void> {
  if (!(await hasManifest(client, { ...to, digest: manifest.digest }))) {
    const mounts = await Promise.all(manifest.blobs.map((blob) => mount(client, blob, from, to)));
    const unmounted = mounts.flatMap((upload) => upload ?? []);
    for (const [index, { blob, location }] of unmounted.entries()) {
      const size = `${Math.ceil(blob.size / 1_000_000)} MB`;
      client.operation.progress(`copying layer ${index + 1} of ${unmounted.length} (${size})`);
      await stream(client, blob, from, location);
    }
    await putManifest(client, manifest, to, manifest.digest);
  }
  await putManifest(client, manifest, to, "latest");
}

/** Asks the registry to lend a blob; answers where to upload it when it does not and the repository lacks it. */
async function mount(client: HerokuClient, blob: Blob, from: Repository, to: Repository) {
  const query = new URLSearchParams({ mount: blob.digest, from: `${from.app}/${from.processType}` });
  const uploads = `${repositoryPath(to)}/blobs/uploads/`;
  const response = await askRegistry(client, "POST", `${uploads}?${query}`, { repeatable: true });
  await response.body?.cancel();
  if (response.status === 201) return undefined;
  if (await isThere(askRegistry(client, "HEAD", `${repositoryPath(to)}/blobs/${blob.digest}`))) return undefined;
  const location = response.headers.get("location");
  if (location) return { blob, location };
  throw new Error(
    `POST ${uploads}: the registry must mount a layer or say where to upload it, got ${response.status} without a ` +
      "location; run `pulumi up` again",
  );
}

async function stream(client: HerokuClient, { digest }: Blob, from: Repository, location: string): Promise<void> {
  const source = await askRegistry(client, "GET", `${repositoryPath(from)}/blobs/${digest}`, {
    tryTimeout: copyTimeout,
  });
  // The location may name the registry's inner address; only what follows the host is ours to use.
  const upload = new URL(location, client.settings.registryUrl);
  upload.searchParams.set("digest", digest);
  const response = await askRegistry(client, "PUT", upload.pathname + upload.search, {
    content: source.body ?? "",
    headers: { "content-type": "application/octet-stream" },
    repeatable: false,
    tryTimeout: copyTimeout,
  });
  await response.body?.cancel();
}

async function putManifest(client: HerokuClient, { text }: ImageManifest, to: Repository, reference: string) {
  const response = await askRegistry(client, "PUT", `${repositoryPath(to)}/manifests/${reference}`, {
    content: text,
    headers: { "content-type": dockerManifest },
  });
  await response.body?.cancel();
}

async function isThere(asked: Promise<Response>): Promise<boolean> {
  try {
    await (await asked).body?.cancel();
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
