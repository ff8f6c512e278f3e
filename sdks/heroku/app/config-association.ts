import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link ConfigAssociation}. */
export interface ConfigAssociationArgs {
  /** UUID of the app, not its name. Changing it sets the vars on the new app and leaves them on the old one. */
  appId: pulumi.Input<string>;
  /** Config vars (secret), kept apart from `vars` by the provider. No key may be in both. */
  sensitiveVars?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /**
   * Config vars (secret here, though the provider's schema does not say so). Heroku refuses those that belong to an
   * add-on.
   */
  vars?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** State to look up a {@link ConfigAssociation} by. */
export type ConfigAssociationState = Partial<ConfigAssociationArgs>;

const shape: Shape<ConfigAssociationArgs, ConfigAssociationState> = {
  token: "heroku:app/configAssociation:ConfigAssociation",
  properties: { appId: "required", sensitiveVars: "optional", vars: "optional" },
  secrets: ["sensitiveVars", "vars"],
};

/**
 * Config vars set on an app. Each association is one release, one restart of all dynos and one run of the release
 * phase at every change, so keep those of an app in one. Vars set elsewhere are left alone. It cannot be imported.
 */
export class ConfigAssociation extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Config vars given as `sensitiveVars` (secret). */
  declare readonly sensitiveVars: pulumi.Output<{ [key: string]: string } | undefined>;
  /** Config vars given as `vars` (secret). */
  declare readonly vars: pulumi.Output<{ [key: string]: string } | undefined>;

  constructor(name: string, state: ConfigAssociationState | undefined, opts: LookUpOptions);
  constructor(name: string, args: ConfigAssociationArgs, opts?: pulumi.CustomResourceOptions);
  constructor(
    name: string,
    argsOrState?: ConfigAssociationArgs | ConfigAssociationState,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing association by its id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ConfigAssociationState,
    opts?: pulumi.CustomResourceOptions,
  ): ConfigAssociation {
    return new ConfigAssociation(name, state, { ...opts, id });
  }

  /** Whether an object is a config association, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is ConfigAssociation {
    return hasToken(obj, shape.token);
  }
}
