import { EVICTION_POLICIES } from "../../../validation/catalog";
import { redisTimeout } from "../../../validation/rules";
import type { ResourceDefinition } from "../../schema/definition";
import { ruleFault } from "../../schema/faults";

export const redisConfig = {
  name: "RedisConfig",
  description:
    "Settings of a Heroku Key-Value Store (Redis). Only settings that are given are managed; one that is taken away, and " +
    "all on delete, go back to Heroku's default. One such resource per store. Costs nothing, changes in place. Import it " +
    "by the add-on's id or name.",
  inputs: {
    redis: {
      type: "string",
      description: "Id or name of the Heroku Key-Value Store add-on. Another add-on replaces the resource.",
      replaces: true,
      synonyms: ["redisId", "redisName"],
      fault: (value) => (value === "" ? 'redis must be an add-on id or name, got ""' : undefined),
    },
    maxmemoryPolicy: {
      type: "string",
      description: 'What happens when memory is full: an eviction policy, e.g. "allkeys-lru", or "noeviction".',
      optional: true,
      values: EVICTION_POLICIES,
    },
    timeout: {
      type: "integer",
      description: "Seconds after which an idle connection is closed; 0 for never.",
      optional: true,
      fault: ruleFault("timeout", redisTimeout),
    },
    notifyKeyspaceEvents: {
      type: "string",
      description:
        'Which keyspace events are published: "" for none, or letters of KEg$lshzxetdmnA, as in Redis itself.',
      optional: true,
      fault: (value) =>
        /^[KEg$lshzxetdmnA]*$/.test(value)
          ? undefined
          : `notifyKeyspaceEvents must be letters of "KEg$lshzxetdmnA", got "${value}"; e.g. "Ex" or "" for none`,
    },
  },
  outputs: {
    redisId: { type: "string", description: "Id of the add-on.", stable: true },
    redisName: { type: "string", description: "Name of the add-on." },
  },
} as const satisfies ResourceDefinition;

/** Heroku's names of the settings. */
export const redisSettingNames = {
  maxmemoryPolicy: "maxmemory_policy",
  timeout: "timeout",
  notifyKeyspaceEvents: "notify_keyspace_events",
} as const satisfies Record<Exclude<keyof typeof redisConfig.inputs, "redis">, string>;
