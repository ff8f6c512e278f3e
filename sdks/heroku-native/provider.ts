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

/** An instance of the plugin with its own connection to Heroku, passed to resources by the option `provider`. */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native";

  /** Heroku API key (secret). */
  declare readonly apiKey: pulumi.Output<string | undefined>;
  /** Server of Heroku's Platform API. */
  declare readonly apiUrl: pulumi.Output<string | undefined>;
  /** Server of Heroku's Data API. */
  declare readonly dataUrl: pulumi.Output<string | undefined>;
  /** Heroku's container registry. */
  declare readonly registryUrl: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const apiKey = args.apiKey === undefined ? undefined : pulumi.secret(args.apiKey);
    const { apiUrl, dataUrl, registryUrl } = args;
    super(Provider.__pulumiType, name, { apiKey, apiUrl, dataUrl, registryUrl }, opts);
  }

  /** Whether an object is a provider instance of this package. */
  static override isInstance(obj: unknown): obj is Provider {
    return hasType(obj, `pulumi:providers:${Provider.__pulumiType}`);
  }
}
