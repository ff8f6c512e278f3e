import * as pulumi from "@pulumi/pulumi";
import type * as inputs from "./types/input";
import { defaults, hasToken, secret } from "./utilities";

/** Arguments of {@link Provider}. */
export interface ProviderArgs {
  /** Heroku API key (secret). @default the environment variable HEROKU_API_KEY, then `~/.netrc` */
  apiKey?: pulumi.Input<string>;
  /** What the state is to hold; one entry is enough. */
  customizations?: pulumi.Input<pulumi.Input<inputs.ProviderCustomization>[]>;
  /** Seconds to sleep after a resource was made. */
  delays?: pulumi.Input<inputs.ProviderDelays>;
  /** E-mail address of the account that the API key belongs to. @default the environment variable HEROKU_EMAIL */
  email?: pulumi.Input<string>;
  /**
   * Further HTTP headers of every request, as a JSON object in a string (secret: it may hold credentials).
   * @default the environment variable HEROKU_HEADERS
   */
  headers?: pulumi.Input<string>;
  /** How long to wait for slow operations. */
  timeouts?: pulumi.Input<inputs.ProviderTimeouts>;
  /** Origin of the Platform API. @default the environment variable HEROKU_API_URL, then "https://api.heroku.com" */
  url?: pulumi.Input<string>;
}

/**
 * An instance of the provider `heroku` with its own settings, passed to resources by the option `provider`. The
 * engine runs one process per instance.
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "heroku";

  /** Heroku API key (secret). */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** E-mail address of the account. */
  declare readonly email: pulumi.Output<string | undefined>;
  /** Further HTTP headers of every request (secret). */
  declare readonly headers: pulumi.Output<string | undefined>;
  /** Origin of the Platform API. */
  declare readonly url: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    super(
      Provider.__pulumiType,
      name,
      {
        apiKey: secret(args.apiKey),
        customizations: json(args.customizations),
        delays: json(args.delays),
        email: args.email,
        headers: secret(args.headers),
        timeouts: json(args.timeouts),
        url: args.url,
      },
      pulumi.mergeOptions(defaults(["apiKey", "headers"]), opts),
    );
  }

  /** Whether an object is a provider instance of this package. */
  static override isInstance(obj: unknown): obj is Provider {
    return hasToken(obj, `pulumi:providers:${Provider.__pulumiType}`);
  }
}

/** Provider settings other than strings travel as JSON: the engine hands a provider its configuration as strings. */
function json(value: pulumi.Input<unknown> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.output(value).apply((plain) => JSON.stringify(plain));
}
