import { parseImageReference } from "../../../validation/image-reference";
import type { HerokuClient } from "../../heroku/client";
import { isGone } from "../../heroku/errors";
import type { Release } from "../../heroku/types";
import { type ImageOrigin, readImageConfig } from "../../registry/image-config";
import { type ImageReference, readManifest } from "../../registry/manifest";

/** A release of images that succeeded. Kept in the state, as Heroku forgets its own releases. */
interface ReleasedImages {
  version: number;
  createdAt: string;
  /** Reference by digest of each process type. */
  images: Record<string, string>;
  /** Commit that the images were built from, when a label tells. */
  revision?: string;
  /** Migrations that they bring, when a label tells. */
  migrations?: string[];
}

/** Releases kept. */
const kept = 20;

/** The history with a release more, newest first. */
export async function recordRelease(
  client: HerokuClient,
  images: Record<string, string>,
  { version, created_at: createdAt }: Release,
  history: readonly string[] = [],
): Promise<string[]> {
  const entry: ReleasedImages = { version, createdAt, images, ...(await originOf(client, images)) };
  // The same images again make no release, so the newest one may be the one that is there.
  const earlier = history.filter((former) => entryOf(former).version !== version);
  return [JSON.stringify(entry), ...earlier].slice(0, kept);
}

/** Warns of migrations that an earlier release has applied and that the images to be released do not know. */
export async function warnOfMovedDatabase(
  client: HerokuClient,
  images: Record<string, string>,
  history: readonly string[] = [],
): Promise<void> {
  if (history.length === 0) return;
  const { migrations } = await originOf(client, images);
  if (!migrations) return;
  const appliedBy = new Map<string, number>();
  for (const entry of history.map(entryOf)) {
    // Newest first: the oldest release that has a migration is the one that applied it.
    for (const name of entry.migrations ?? []) appliedBy.set(name, entry.version);
  }
  const beyond = [...appliedBy].filter(([name]) => !migrations.includes(name));
  if (beyond.length === 0) return;
  const applied = beyond.map(([name, version]) => `${name} was applied by v${version}`).sort();
  const advice = "see that the image runs on the newer schema, or release a newer one";
  await client.operation.tell(`the database has moved past this image: ${applied.join(", ")}; ${advice}`, "warning");
}

function entryOf(text: string): ReleasedImages {
  return JSON.parse(text);
}

/** What the labels of several images say together. */
async function originOf(client: HerokuClient, images: Record<string, string>) {
  const references = Object.values(images).flatMap((reference) => parseImageReference(reference) ?? []);
  const origins = await Promise.all(references.map((reference) => labelsOf(client, reference)));
  const labelled = origins.flatMap(({ migrations }) => (migrations ? [migrations] : []));
  return {
    revision: origins.find(({ revision }) => revision)?.revision,
    migrations: labelled.length > 0 ? [...new Set(labelled.flat())].sort() : undefined,
  };
}

/** An image that is yet to be copied into the repository says nothing. */
async function labelsOf(client: HerokuClient, image: ImageReference): Promise<ImageOrigin> {
  try {
    const { imageId } = await readManifest(client, image, image.digest);
    return (await readImageConfig(client, image, imageId)).origin;
  } catch (error) {
    if (isGone(error)) return {};
    throw error;
  }
}
