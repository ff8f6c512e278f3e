import type { AppRecord, ReleaseRecord } from "./entities";
import type { Store } from "./store";

/** The release that an app's dynos run; undefined before the first one. */
export function currentRelease(store: Store, { currentReleaseId }: AppRecord): ReleaseRecord | undefined {
  return currentReleaseId === null ? undefined : store.collection("releases").get(currentReleaseId);
}

/** Whether a feature of an app or account is enabled. */
export function hasFeature(store: Store, ownerId: string, name: string): boolean {
  const features = store.collection("features").by("owner", ownerId);
  return features.some((feature) => feature.name === name && feature.enabled);
}
