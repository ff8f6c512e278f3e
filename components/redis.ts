import * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import * as native from "@skechwime/heroku-native";
import { DEFAULTS } from "../validation/defaults";
import type { Issue } from "../validation/issue";
import { evictionPolicy, redisPlan, redisTimeout } from "../validation/rules";
import { withService } from "./support/plan-name";
import { assertValid, check, whenKnown } from "./support/valid-arguments";

/** Arguments of {@link Redis}. */
export interface RedisArgs {
  /** Id of the app to attach to. Changing it replaces the store, and its data is lost. */
  app: pulumi.Input<string>;
  /**
   * Heroku Key-Value Store plan, e.g. "premium-0". Changing it migrates the store in place; its URL may change, which
   * restarts the dynos. "mini" loses its data when the store restarts.
   * @default "mini"
   */
  plan?: pulumi.Input<string>;
  /** What happens when memory is full, e.g. "allkeys-lru". Changed in place. @default Heroku's, "noeviction" */
  maxmemoryPolicy?: pulumi.Input<string>;
  /** Idle seconds after which a connection is closed, 0 for never. Changed in place. @default Heroku's, 300 */
  timeout?: pulumi.Input<number>;
  /** Refuse to delete or replace the store. @default true */
  protect?: boolean;
}

/** What is wrong with plain arguments of {@link Redis}. */
export function redisIssues(args: Partial<RedisArgs>): Issue[] {
  return [
    ...check("plan", args.plan, redisPlan),
    ...check("maxmemoryPolicy", args.maxmemoryPolicy, evictionPolicy),
    ...check("timeout", args.timeout, redisTimeout),
  ];
}

/**
 * Heroku Key-Value Store (Redis), attached to an app as REDIS_URL. Connections are TLS with a self-signed certificate
 * on every plan.
 *
 * ```ts
 * const redis = new Redis("redis", { app: app.id, plan: "premium-0", maxmemoryPolicy: "allkeys-lru" });
 * ```
 *
 * Creates one add-on `heroku-redis`, and its settings where any is given.
 *
 * Costs (USD a month, August 2026): mini 3, premium-0 15, premium-1 30, premium-2 60.
 */
export class Redis extends pulumi.ComponentResource {
  /** Id of the add-on (a UUID). */
  readonly id: pulumi.Output<string>;
  /** Name of the add-on, e.g. `redis-round-12345`. */
  readonly addonName: pulumi.Output<string>;
  /** Plan with its service, e.g. `heroku-redis:mini`. */
  readonly plan: pulumi.Output<string>;

  constructor(name: string, args: RedisArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("Redis", redisIssues(args));
    super("skechwime:components:Redis", name, {}, opts);
    const child = { parent: this };
    const { plan = DEFAULTS.redisPlan, maxmemoryPolicy, timeout } = args;

    const addon = new heroku.addon.Addon(
      name,
      { appId: args.app, plan: withService("heroku-redis", whenKnown("Redis", "plan", plan, redisPlan)) },
      { ...child, protect: args.protect ?? true },
    );
    if (maxmemoryPolicy !== undefined || timeout !== undefined) {
      new native.RedisConfig(`${name}-config`, { redis: addon.id, maxmemoryPolicy, timeout }, child);
    }

    this.id = addon.id;
    this.addonName = addon.name;
    this.plan = addon.plan;
    this.registerOutputs({ id: this.id, addonName: this.addonName, plan: this.plan });
  }
}
