import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Addon}. */
export interface AddonArgs {
  /** UUID of the app that owns and pays the add-on, not its name. Changing it replaces the add-on and its data. */
  appId: pulumi.Input<string>;
  /**
   * Service and plan, `heroku-postgresql:essential-0`. Changing the plan changes it in place; it sets what the
   * add-on costs.
   */
  plan: pulumi.Input<string>;
  /**
   * Options of the service at creation, such as `{ version: "17" }`. Any change, also giving it for the first time,
   * replaces the add-on and its data.
   */
  config?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Name, unique in all Heroku; changing it renames the add-on. @default the resource's with a random suffix */
  name?: pulumi.Input<string>;
}

/** State to look up an {@link Addon} by. */
export interface AddonState extends Partial<AddonArgs> {
  /** Values of the add-on's config vars (secret). */
  configVarValues?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Names of the add-on's config vars. */
  configVars?: pulumi.Input<pulumi.Input<string>[]>;
  /** Id of the add-on at the service's provider. */
  providerId?: pulumi.Input<string>;
}

const shape: Shape<AddonArgs, AddonState> = {
  token: "heroku:addon/addon:Addon",
  properties: {
    appId: "required",
    config: "optional",
    configVarValues: "computed",
    configVars: "computed",
    name: "optional",
    plan: "required",
    providerId: "computed",
  },
  secrets: ["configVarValues"],
};

/**
 * An add-on of an app, such as Heroku Postgres. It is billed by the second for as long as it exists. The provider
 * waits until it is provisioned and makes the add-ons of one provider instance one after another. Its id is
 * Heroku's UUID; importing takes it.
 */
export class Addon extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app that owns the add-on. */
  declare readonly appId: pulumi.Output<string>;
  /** Options given at creation. */
  declare readonly config: pulumi.Output<{ [key: string]: string } | undefined>;
  /**
   * Values of the add-on's config vars (secret), data URLs among them; empty with
   * `setAddonConfigVarsInState: false`. Heroku changes them at any time: attach the add-on rather than copy them.
   */
  declare readonly configVarValues: pulumi.Output<{ [key: string]: string }>;
  /** Names of the add-on's config vars on the app, such as `DATABASE_URL`. */
  declare readonly configVars: pulumi.Output<string[]>;
  /** Name of the add-on. */
  declare readonly name: pulumi.Output<string>;
  /** Service and plan. */
  declare readonly plan: pulumi.Output<string>;
  /** Id of the add-on at the service's provider. */
  declare readonly providerId: pulumi.Output<string>;

  constructor(name: string, state: AddonState | undefined, opts: LookUpOptions);
  constructor(name: string, args: AddonArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: AddonArgs | AddonState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing add-on by its UUID. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: AddonState,
    opts?: pulumi.CustomResourceOptions,
  ): Addon {
    return new Addon(name, state, { ...opts, id });
  }

  /** Whether an object is an add-on, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Addon {
    return hasToken(obj, shape.token);
  }
}
