import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Feature}. */
export interface FeatureArgs {
  /** UUID of the app, not its name. Changing it replaces the resource. */
  appId: pulumi.Input<string>;
  /** Whether the feature is on. @default true */
  enabled?: pulumi.Input<boolean>;
  /**
   * Name of the feature, `preboot` for instance. Changing it replaces the resource. Always give it: the provider takes
   * it as optional only because Pulumi could make up a name, which no feature has.
   */
  name?: pulumi.Input<string>;
}

/** State to look up a {@link Feature} by. */
export type FeatureState = Partial<FeatureArgs>;

const shape: Shape<FeatureArgs, FeatureState> = {
  token: "heroku:app/feature:Feature",
  properties: { appId: "required", enabled: "optional", name: "optional" },
};

/** A feature of an app, on or off. It costs nothing. Importing takes `<app>:<feature>`. */
export class Feature extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Whether the feature is on. */
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  /** Name of the feature. */
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, state: FeatureState | undefined, opts: LookUpOptions);
  constructor(name: string, args: FeatureArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: FeatureArgs | FeatureState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads the setting of a feature by `<app>:<feature>`. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: FeatureState,
    opts?: pulumi.CustomResourceOptions,
  ): Feature {
    return new Feature(name, state, { ...opts, id });
  }

  /** Whether an object is a feature, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Feature {
    return hasToken(obj, shape.token);
  }
}
