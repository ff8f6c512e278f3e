import type { Store } from "../../store/store";

/** The settings people can change on a key-value store. */
export interface KeyValueSettings {
  maxmemory_policy: string;
  notify_keyspace_events: string;
  /** Seconds after which an idle client is let go; 0 for never. */
  timeout: number;
}

/** What a new store has: https://devcenter.heroku.com/articles/heroku-redis#configuring-your-instance */
export const DEFAULT_SETTINGS: KeyValueSettings = {
  maxmemory_policy: "noeviction",
  notify_keyspace_events: "",
  timeout: 300,
};

/** The settings of an add-on as they are now. */
export function settingsOf(store: Store, addonId: string): KeyValueSettings {
  const changed = store.collection("addonSettings").get(addonId)?.values ?? {};
  return {
    maxmemory_policy: String(changed.maxmemory_policy ?? DEFAULT_SETTINGS.maxmemory_policy),
    notify_keyspace_events: String(changed.notify_keyspace_events ?? DEFAULT_SETTINGS.notify_keyspace_events),
    timeout: Number(changed.timeout ?? DEFAULT_SETTINGS.timeout),
  };
}
