import type { AddonRecord } from "../store/entities";
import type { Store } from "../store/store";

/** The add-on's name on its billing app, such as `DATABASE`. */
export function attachmentName(store: Store, addon: AddonRecord): string {
  const attachments = store.collection("attachments").by("addon", addon.id);
  const own = attachments.find(({ appId, namespace }) => appId === addon.appId && namespace === null);
  return (own ?? attachments[0])?.name ?? addon.name;
}
