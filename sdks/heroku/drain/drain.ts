import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Drain}: exactly one of `url` and `sensitiveUrl`. A change of any of them replaces the drain. */
export interface DrainArgs {
  /** UUID of the app, not its name. Changing it replaces the drain. */
  appId: pulumi.Input<string>;
  /** Where the logs go (secret), kept apart from `url` by the provider. Changing it replaces the drain. */
  sensitiveUrl?: pulumi.Input<string>;
  /**
   * Where the logs go, `syslog+tls://` or `https://` (secret here, though the provider's schema does not say so:
   * drain URLs carry tokens). Changing it replaces the drain.
   */
  url?: pulumi.Input<string>;
}

/** State to look up a {@link Drain} by. */
export interface DrainState extends Partial<DrainArgs> {
  /** Token that marks the drain's log lines. */
  token?: pulumi.Input<string>;
}

const shape: Shape<DrainArgs, DrainState> = {
  token: "heroku:drain/drain:Drain",
  properties: { appId: "required", sensitiveUrl: "optional", token: "computed", url: "optional" },
  secrets: ["sensitiveUrl", "url"],
};

/**
 * A receiver of an app's logs; an app has at most five. It costs nothing at Heroku. Importing takes
 * `<app>:<drain's UUID>`, with `:sensitive` behind it to get the URL as `sensitiveUrl`.
 */
export class Drain extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Where the logs go, if given as `sensitiveUrl` (secret). */
  declare readonly sensitiveUrl: pulumi.Output<string | undefined>;
  /** Token that marks the drain's log lines, `d.<UUID>`. */
  declare readonly token: pulumi.Output<string>;
  /** Where the logs go, if given as `url` (secret). */
  declare readonly url: pulumi.Output<string | undefined>;

  constructor(name: string, state: DrainState | undefined, opts: LookUpOptions);
  constructor(name: string, args: DrainArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: DrainArgs | DrainState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing drain by its id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: DrainState,
    opts?: pulumi.CustomResourceOptions,
  ): Drain {
    return new Drain(name, state, { ...opts, id });
  }

  /** Whether an object is a drain, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Drain {
    return hasToken(obj, shape.token);
  }
}
