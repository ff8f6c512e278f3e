import type * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import * as native from "@skechwime/heroku-native";

/** Where Heroku is and how to sign in. Values left out come from the HEROKU_* environment variables. */
export interface HerokuConnection {
  /** Heroku API key (secret). @default HEROKU_API_KEY, which keeps it out of the state */
  apiKey?: pulumi.Output<string>;
  /** Origin of the Platform API. @default HEROKU_API_URL, then Heroku's */
  apiUrl?: string;
  /** Origin of the Data API. @default HEROKU_DATA_URL, then Heroku's */
  dataUrl?: string;
  /** Origin of the container registry. @default HEROKU_REGISTRY_URL, then Heroku's */
  registryUrl?: string;
  /** Seconds to wait after the app was created. @default 10, the provider's own */
  postAppCreateDelay?: number;
}

/**
 * Creates the provider instances that a component's resources use: pass them as the option `providers`.
 *
 * An instance of the provider `heroku` creates add-ons one after another. Components whose add-ons should be created in
 * parallel each need an instance of their own. Neither config vars nor add-on values are kept in the state.
 * `heroku-native` has no such lock and is shared.
 */
export class HerokuProviders {
  private readonly native: native.Provider;

  constructor(private readonly connection: HerokuConnection) {
    const { apiKey, apiUrl, dataUrl, registryUrl } = connection;
    this.native = new native.Provider("heroku-native", { apiKey, apiUrl, dataUrl, registryUrl });
  }

  /** Provider instances for the component of this name. */
  for(component: string): pulumi.ProviderResource[] {
    const { apiKey, apiUrl, postAppCreateDelay } = this.connection;
    const instance = new heroku.Provider(`heroku-${component}`, {
      apiKey,
      url: apiUrl,
      delays: postAppCreateDelay === undefined ? undefined : { postAppCreateDelay },
      customizations: [{ setAppAllConfigVarsInState: false, setAddonConfigVarsInState: false }],
    });
    return [instance, this.native];
  }
}
