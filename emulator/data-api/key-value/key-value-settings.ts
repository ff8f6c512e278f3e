import type { AddonSettingsRecord } from "../../store/entities";

/** The settings that users can change on a key-value store. */
export interface KeyValueSettings {
  maxmemory_policy: string;
  notify_keyspace_events: string;
  /** Seconds after which idle connections are closed; 0 for never. */
  timeout: number;
}

/** A new store's settings: https://devcenter.heroku.com/articles/heroku-redis#configuring-your-instance */
const DEFAULT_SETTINGS: KeyValueSettings = {
  maxmemory_policy: "noeviction",
  notify_keyspace_events: "",
  timeout: 300,
};

/** All settings of a store, given those that were changed. */
export function keyValueSettings(changed: AddonSettingsRecord["values"]): KeyValueSettings {
  return {
    maxmemory_policy: String(changed.maxmemory_policy ?? DEFAULT_SETTINGS.maxmemory_policy),
    notify_keyspace_events: String(changed.notify_keyspace_events ?? DEFAULT_SETTINGS.notify_keyspace_events),
    timeout: Number(changed.timeout ?? DEFAULT_SETTINGS.timeout),
  };
}

/**
 * What the server does when its memory is full, by policy:
 * https://devcenter.heroku.com/articles/heroku-redis#maxmemory-policy
 */
export const EVICTION_POLICIES: Readonly<Record<string, string>> = {
  noeviction: "return errors when the memory limit is reached",
  "allkeys-lru": "evict the least recently used keys first",
  "volatile-lru": "evict the least recently used keys with an expiry set first",
  "allkeys-random": "evict random keys",
  "volatile-random": "evict random keys with an expiry set",
  "volatile-ttl": "evict the keys with an expiry set that expire soonest",
  "allkeys-lfu": "evict the least frequently used keys first",
  "volatile-lfu": "evict the least frequently used keys with an expiry set first",
};

/** The settings as the data API shows them. */
export function keyValueSettingsView(settings: KeyValueSettings) {
  const { maxmemory_policy, notify_keyspace_events, timeout } = settings;
  return {
    maxmemory_policy: {
      value: maxmemory_policy,
      desc: "What happens when the maximum memory is reached.",
      default: DEFAULT_SETTINGS.maxmemory_policy,
      values: EVICTION_POLICIES,
    },
    notify_keyspace_events: {
      value: notify_keyspace_events,
      desc: "Which keyspace events clients are notified of.",
      default: DEFAULT_SETTINGS.notify_keyspace_events,
      values: {},
    },
    timeout: {
      value: timeout,
      desc: "Seconds after which idle connections are closed; 0 for never.",
      default: DEFAULT_SETTINGS.timeout,
      values: {},
    },
  };
}
