import type { Formation, Release } from "../../heroku/types";

/** What is known of the image that a process type runs. */
export interface LiveImage {
  /** First 12 hex digits of the image id, from the release's description. */
  shortId?: string;
  /** Heroku's own id of the image; null when the process type has none. */
  dockerImage?: string | null;
}

/** What runs now, from Heroku's two accounts of it: releases say what was deployed, the formation what is in service. */
export function liveImages(releases: readonly Release[], formation: readonly Formation[]): Map<string, LiveImage> {
  const live = new Map<string, LiveImage>();
  for (const [type, shortId] of deployedImages(releases)) live.set(type, { shortId });
  for (const { type, docker_image } of formation) {
    if (docker_image === undefined) continue;
    live.set(type, { ...live.get(type), dockerImage: docker_image?.id ?? null });
  }
  return live;
}

/**
 * Follows the current release back to the deployments it stands on: config changes keep the images of the release
 * before, a rollback those of the release it names. Releases that failed never were live.
 */
export function deployedImages(releases: readonly Release[]): Map<string, string> {
  const images = new Map<string, string>();
  const newestFirst = [...releases].sort((one, other) => other.version - one.version);
  let upTo = newestFirst.find(({ current }) => current)?.version ?? 0;
  for (const release of newestFirst) {
    if (release.version > upTo || release.status === "failed" || release.status === "pending") continue;
    const rollback = /^Rollback to v(\d+)/i.exec(release.description);
    if (rollback) upTo = Math.min(release.version - 1, Number(rollback[1]));
    for (const [type, shortId] of imagesIn(release)) {
      if (!images.has(type)) images.set(type, shortId);
    }
  }
  return images;
}

/** Images that a release's description names, as in `Deployed web (142013fe2b5c), release (0123456789ab)`. */
export function imagesIn(release: Release): Map<string, string> {
  const images = new Map<string, string>();
  if (!release.description.startsWith("Deployed")) return images;
  for (const [, type, shortId] of release.description.matchAll(/([-\w]+) \(([0-9a-f]{12})\)/g)) {
    if (type && shortId) images.set(type, shortId);
  }
  return images;
}

/** The 12 hex digits that descriptions show of an image id. */
export function shortIdOf(imageId: string): string {
  return imageId.replace(/^sha256:/, "").slice(0, 12);
}
