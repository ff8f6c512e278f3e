// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType } from "./registration";

/** Arguments of {@link Provider}. */
export interface ProviderArgs {
  /** Heroku API key (an OAuth token). Taken from HEROKU_API_KEY when not given. */
  apiKey?: pulumi.Input<string>;
  /** Server of Heroku's Platform API. Taken from HEROKU_API_URL, else https://api.heroku.com, when not given. */
  apiUrl?: pulumi.Input<string>;
  /** Server of Heroku's Data API. Taken from HEROKU_DATA_URL, else https://api.data.heroku.com, when not given. */
  dataUrl?: pulumi.Input<string>;
  /** Heroku's container registry. Taken from HEROKU_REGISTRY_URL, else https://registry.heroku.com, when not given. */
  registryUrl?: pulumi.Input<string>;
}

/** An instance of the plugin with a connection of its own. Pass it to resources as the option `provider`. */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native";

  /** Heroku API key (an OAuth token). Taken from HEROKU_API_KEY when not given. */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** Server of Heroku's Platform API. Taken from HEROKU_API_URL, else https://api.heroku.com, when not given. */
  declare readonly apiUrl: pulumi.Output<string | undefined>;
  /** Server of Heroku's Data API. Taken from HEROKU_DATA_URL, else https://api.data.heroku.com, when not given. */
  declare readonly dataUrl: pulumi.Output<string | undefined>;
  /** Heroku's container registry. Taken from HEROKU_REGISTRY_URL, else https://registry.heroku.com, when not given. */
  declare readonly registryUrl: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const inputs = {
      apiKey: args.apiKey === undefined ? undefined : pulumi.secret(args.apiKey),
      apiUrl: args.apiUrl,
      dataUrl: args.dataUrl,
      registryUrl: args.registryUrl,
    };
    super(Provider.__pulumiType, name, inputs, opts);
  }

  /** Whether an object is a Provider, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Provider {
    return hasType(obj, `pulumi:providers:${Provider.__pulumiType}`);
  }
}
