import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Ssl}. */
export interface SslArgs {
  /** UUID of the app, not its name. Changing it replaces the endpoint. */
  appId: pulumi.Input<string>;
  /** Certificate and those between it and the authority's, PEM. */
  certificateChain: pulumi.Input<string>;
  /** Private key of the certificate, PEM (secret). Required except while importing, when it must be left out. */
  privateKey?: pulumi.Input<string>;
}

/** State to look up an {@link Ssl} by. */
export interface SslState extends Partial<SslArgs> {
  /** Name of the endpoint. */
  name?: pulumi.Input<string>;
}

const shape: Shape<SslArgs, SslState> = {
  token: "heroku:ssl/ssl:Ssl",
  properties: { appId: "required", certificateChain: "required", name: "computed", privateKey: "optional" },
  secrets: ["privateKey"],
};

/**
 * A TLS certificate of one's own (an SNI endpoint) for the domains that name it. It costs nothing, but needs paid
 * dynos. A new certificate takes the old one's place without an interruption. Importing takes `<app>:<endpoint>`.
 */
export class Ssl extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Certificate chain, PEM. */
  declare readonly certificateChain: pulumi.Output<string>;
  /** Name of the endpoint, given by Heroku. */
  declare readonly name: pulumi.Output<string>;
  /** Private key of the certificate (secret). */
  declare readonly privateKey: pulumi.Output<string | undefined>;

  constructor(name: string, state: SslState | undefined, opts: LookUpOptions);
  constructor(name: string, args: SslArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: SslArgs | SslState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing endpoint by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, state?: SslState, opts?: pulumi.CustomResourceOptions): Ssl {
    return new Ssl(name, state, { ...opts, id });
  }

  /** Whether an object is an SSL endpoint, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Ssl {
    return hasToken(obj, shape.token);
  }
}
