import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Domain}. */
export interface DomainArgs {
  /** UUID of the app, not its name. Changing it replaces the domain. */
  appId: pulumi.Input<string>;
  /** Host name, `www.example.com`. Changing it replaces the domain. */
  hostname: pulumi.Input<string>;
  /** Id of the `ssl.Ssl` whose certificate names the host; of no effect while the app's `acm` is on. */
  sniEndpointId?: pulumi.Input<string>;
}

/** State to look up a {@link Domain} by. */
export interface DomainState extends Partial<DomainArgs> {
  /** Target of the DNS record. */
  cname?: pulumi.Input<string>;
}

const shape: Shape<DomainArgs, DomainState> = {
  token: "heroku:domain/domain:Domain",
  properties: { appId: "required", cname: "computed", hostname: "required", sniEndpointId: "optional" },
};

/**
 * A host name of one's own under which an app answers. It costs nothing. The DNS record is made elsewhere, from
 * `cname`. Importing takes `<app>:<host name>`.
 */
export class Domain extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Target of the DNS record (CNAME or ALIAS) for the host name. */
  declare readonly cname: pulumi.Output<string>;
  /** Host name. */
  declare readonly hostname: pulumi.Output<string>;
  /** Id of the SNI endpoint with the certificate. */
  declare readonly sniEndpointId: pulumi.Output<string | undefined>;

  constructor(name: string, state: DomainState | undefined, opts: LookUpOptions);
  constructor(name: string, args: DomainArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: DomainArgs | DomainState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing domain by its id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: DomainState,
    opts?: pulumi.CustomResourceOptions,
  ): Domain {
    return new Domain(name, state, { ...opts, id });
  }

  /** Whether an object is a domain, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Domain {
    return hasToken(obj, shape.token);
  }
}
