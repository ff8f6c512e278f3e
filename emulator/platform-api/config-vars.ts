import type { AttachmentRecord } from "../store/entities";
import type { Store } from "../store/store";

type Vars = Readonly<Record<string, string>>;

/** The config vars that an attachment puts on its app; none while the add-on is being provisioned. */
export function attachmentVars(store: Store, attachment: AttachmentRecord): Vars {
  const addon = store.collection("addons").get(attachment.addonId);
  const values = attachment.namespace === null ? addon?.values : addon?.namespaceValues[attachment.namespace];
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([suffix, value]) => [`${attachment.name}_${suffix}`, value]),
  );
}

/** The names that an app's attachments own, also those still without a value. */
export function ownedNames(store: Store, appId: string): ReadonlySet<string> {
  const attachments = store.collection("attachments").by("app", appId);
  return new Set(
    attachments.flatMap((attachment) => [`${attachment.name}_URL`, ...Object.keys(attachmentVars(store, attachment))]),
  );
}

/** The vars that people set on an app. */
export function userVars(store: Store, appId: string): Vars {
  return store.collection("configs").get(appId)?.vars ?? {};
}

/** All of an app's config vars: people's, and those of its attachments. */
export function environment(store: Store, appId: string): Vars {
  const attached = store.collection("attachments").by("app", appId);
  return Object.assign({}, userVars(store, appId), ...attached.map((attachment) => attachmentVars(store, attachment)));
}
