import type { Store } from "./store";

/** Whether an app or account has a feature switched on. */
export function hasFeature(store: Store, ownerId: string, name: string): boolean {
  const features = store.collection("features").by("owner", ownerId);
  return features.some((feature) => feature.name === name && feature.enabled);
}
