import type { HerokuClient } from "../../heroku/client";
import { type ReleaseOutcome, waitForRelease } from "../../heroku/release-phase";
import { listReleases, releaseImages, type Scale } from "../../heroku/releases";
import type { App, Release } from "../../heroku/types";
import type { Images } from "./images";
import { imagesIn, shortIdOf } from "./live-images";

/** Releases others may make between two of our requests. */
const releasesBetween = 20;

/** A release of images, as it ended. */
export interface Released extends ReleaseOutcome {
  /** Heroku made none, since the same images had been released before. */
  repeated: boolean;
}

/** A release was made, and waiting for its end failed. */
export class NotWaitedForError extends Error {
  override readonly name = "NotWaitedForError";

  constructor(
    cause: unknown,
    readonly release: Release,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** What is released: images, and the scale that comes with them. */
export interface Deployment {
  imageIds: Images;
  formation?: Readonly<Record<string, Scale>> | undefined;
}

/** Releases images of several process types in one release, and waits for its release phase. */
export async function releaseNow(
  client: HerokuClient,
  app: App,
  { imageIds, formation }: Deployment,
  timeout: number,
): Promise<Released> {
  const before = await settledRelease(client, app, timeout);
  await releaseImages(client, app, imageIds, formation);
  const made = await releaseMade(client, app, before, imageIds);
  try {
    const outcome = await waitForRelease(client, app, made, timeout);
    return { ...outcome, repeated: before !== undefined && outcome.release.version <= before.version };
  } catch (error) {
    throw new NotWaitedForError(error, made);
  }
}

/** The newest release, once it is not pending: the release phase of somebody else or of an interrupted run may be going on. */
async function settledRelease(client: HerokuClient, app: App, timeout: number): Promise<Release | undefined> {
  const [newest] = await listReleases(client, app, 1);
  return newest?.status === "pending" ? (await waitForRelease(client, app, newest, timeout)).release : newest;
}

/** The release that dynos run now; undefined when none is known. */
export async function currentRelease(client: HerokuClient, app: App): Promise<Release | undefined> {
  return (await listReleases(client, app, releasesBetween)).find(({ current }) => current);
}

/**
 * The release that carries our images: a new one, or, when Heroku made none because nothing changed, the last that
 * deployed them. Others may release at the same time, so the images in the description count before the order.
 */
async function releaseMade(
  client: HerokuClient,
  app: App,
  before: Release | undefined,
  imageIds: Images,
): Promise<Release> {
  const releases = await listReleases(client, app, releasesBetween);
  const shortIds = Object.values(imageIds).map(shortIdOf);
  const carriesOurs = (release: Release) => [...imagesIn(release).values()].some((id) => shortIds.includes(id));
  const newer = releases.filter(({ version }) => version > (before?.version ?? 0));
  const made =
    newer.find(carriesOurs) ??
    newer.filter(({ description }) => description.startsWith("Deployed")).at(-1) ??
    releases.find(carriesOurs) ??
    releases.find(({ current }) => current);
  if (made) return made;
  throw new Error(
    `app "${app.name}" has no release of the images, got ${releases.length} others; see \`heroku releases\``,
  );
}
