import type { HerokuClient } from "../../heroku/client";
import { isGone } from "../../heroku/errors";
import { findApp, listFormation, listReleases } from "../../heroku/releases";
import { type ImageOrigin, readImageConfig } from "../../registry/image-config";
import { readLatest } from "../../registry/manifest";
import type { ValuesOf } from "../../schema/definition";
import { liveImages, shortIdOf } from "../container-release/live-images";
import type { promotedImage } from "./definition";
import type { SourceImage } from "./source";

/** Where an image is promoted to; in the first preview of a stack its app has no name yet. */
export interface Promotion {
  app: string | undefined;
  processType: string;
  from?: string;
  since?: string;
}

/** Outputs that can be said before anything is copied. */
export type PromotionOutputs = Omit<ValuesOf<(typeof promotedImage)["outputs"]>, "reference">;

/** What is known of the image that the app runs: nothing of one that cannot be found in the registry. */
interface Running {
  imageId?: string;
  migrations?: string[];
}

/** Releases looked through for the image that runs. */
const releasesRead = 100;

/** `formerImageId` is the image promoted before. */
export async function promotionOutputs(
  client: HerokuClient,
  promotion: Promotion,
  { manifest: { imageId }, origin }: SourceImage,
  formerImageId: string | undefined,
): Promise<PromotionOutputs> {
  const running = await runningImage(client, promotion, formerImageId);
  const before = running.migrations;
  const pending = before && origin.migrations?.filter((name) => !before.includes(name));
  const change = running.imageId === imageId ? "which the app runs already" : `pending migrations: ${listed(pending)}`;
  return { imageId, ...origin, pending, summary: `${described(imageId, origin)}${age(promotion)}, ${change}` };
}

/** The image that the app runs for the process type: the one promoted before, or else the one pushed last. */
async function runningImage(client: HerokuClient, { app, processType }: Promotion, former?: string): Promise<Running> {
  const found = app === undefined ? undefined : await findApp(client, app);
  if (!found) return { migrations: [] };
  const [releases, formation] = await Promise.all([
    listReleases(client, found, releasesRead),
    listFormation(client, found),
  ]);
  const { shortId, dockerImage } = liveImages(releases, formation).get(processType) ?? {};
  if (!shortId) return dockerImage ? {} : { migrations: [] };
  const repository = { app: found.name, processType };
  const candidates = [former, (await readLatest(client, repository))?.imageId];
  const imageId = candidates.find((candidate) => candidate !== undefined && shortIdOf(candidate) === shortId);
  if (imageId === undefined) return {};
  try {
    const { origin } = await readImageConfig(client, repository, imageId);
    return { imageId, migrations: origin.migrations };
  } catch (error) {
    if (isGone(error)) return { imageId };
    throw error;
  }
}

/** `3f2a1bc (2026-11-20)` */
function described(imageId: string, { revision, created }: ImageOrigin): string {
  // What stands behind the commit, as in `3f2a1bc…-dirty`, says that it is not quite that commit.
  const name = revision ? revision.replace(/^([0-9a-f]{7})[0-9a-f]+/, "$1") : `image ${shortIdOf(imageId)}`;
  return created ? `${name} (${dateOf(created)})` : name;
}

function age({ from, since }: Promotion): string {
  if (!from) return "";
  return since ? `, in ${from} since ${dateOf(since)}` : `, from ${from}`;
}

function listed(migrations: string[] | undefined): string {
  if (!migrations) return "unknown";
  return migrations.join(", ") || "none";
}

function dateOf(timestamp: string): string {
  return timestamp.slice(0, 10);
}
