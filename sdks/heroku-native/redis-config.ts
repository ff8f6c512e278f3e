// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link RedisConfig}. */
export interface RedisConfigArgs {
  /** Id or name of the Heroku Key-Value Store add-on. Another add-on replaces the resource. */
  redis: pulumi.Input<string>;
  /** What happens when memory is full: an eviction policy, e.g. "allkeys-lru", or "noeviction". */
  maxmemoryPolicy?: pulumi.Input<string>;
  /** Seconds after which an idle connection is closed; 0 for never. */
  timeout?: pulumi.Input<number>;
  /** Which keyspace events are published: "" for none, or letters of KEg$lshzxetdmnA, as in Redis itself. */
  notifyKeyspaceEvents?: pulumi.Input<string>;
}

const properties = ["redis", "maxmemoryPolicy", "timeout", "notifyKeyspaceEvents", "redisId", "redisName"];

/**
 * Settings of a Heroku Key-Value Store (Redis). Only settings that are given are managed; one that is taken away, and
 * all on delete, go back to Heroku's default. One such resource per store. Costs nothing, changes in place. Import it
 * by the add-on's id or name.
 */
export class RedisConfig extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:RedisConfig";

  /** Id or name of the Heroku Key-Value Store add-on. Another add-on replaces the resource. */
  declare readonly redis: pulumi.Output<string>;
  /** What happens when memory is full: an eviction policy, e.g. "allkeys-lru", or "noeviction". */
  declare readonly maxmemoryPolicy: pulumi.Output<string | undefined>;
  /** Seconds after which an idle connection is closed; 0 for never. */
  declare readonly timeout: pulumi.Output<number | undefined>;
  /** Which keyspace events are published: "" for none, or letters of KEg$lshzxetdmnA, as in Redis itself. */
  declare readonly notifyKeyspaceEvents: pulumi.Output<string | undefined>;
  /** Id of the add-on. */
  declare readonly redisId: pulumi.Output<string>;
  /** Name of the add-on. */
  declare readonly redisName: pulumi.Output<string>;

  constructor(name: string, args: RedisConfigArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: RedisConfigArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(RedisConfig.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): RedisConfig {
    return new RedisConfig(name, undefined, { ...opts, id });
  }

  /** Whether an object is a RedisConfig, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is RedisConfig {
    return hasType(obj, RedisConfig.__pulumiType);
  }
}
