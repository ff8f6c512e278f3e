import * as pulumi from "@pulumi/pulumi";
import type * as inputs from "../types/input";
import type * as outputs from "../types/output";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link App}. */
export interface AppArgs {
  /** Heroku region, `us` or `eu` outside private spaces. Changing it replaces the app and all it holds. */
  region: pulumi.Input<string>;
  /** Whether Heroku manages TLS certificates for the app's domains; not on eco dynos. */
  acm?: pulumi.Input<boolean>;
  /** Buildpacks by name or URL. Those set elsewhere are left alone unless given here; none for container apps. */
  buildpacks?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Config vars (secret here, though the provider's schema does not say so). A key that a
   * `ConfigAssociation` sets too shows as changed at every preview.
   */
  configVars?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Whether the app is reachable only inside its private space. Changing it replaces the app. */
  internalRouting?: pulumi.Input<boolean>;
  /** Name, unique in all Heroku, 3 to 30 characters; a change renames. @default the resource's with a random suffix */
  name?: pulumi.Input<string>;
  /** The Heroku Team that owns the app. Changing its `name` or `personal` replaces the app. */
  organization?: pulumi.Input<inputs.app.AppOrganization>;
  /** Config vars (secret), kept apart from `configVars` by the provider. */
  sensitiveConfigVars?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Private space to create the app in. Changing it replaces the app. */
  space?: pulumi.Input<string>;
  /** What the app runs on, `container` for images. @default Heroku's current default, with buildpacks */
  stack?: pulumi.Input<string>;
}

/** State to look up an {@link App} by. */
export interface AppState extends Partial<AppArgs> {
  /** Every config var, those of add-ons included (secret). */
  allConfigVars?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  /** Git remote that builds are pushed to. */
  gitUrl?: pulumi.Input<string>;
  /** Host name to point DNS records at. */
  herokuHostname?: pulumi.Input<string>;
  /** UUID of the app. */
  uuid?: pulumi.Input<string>;
  /** Where the app answers. */
  webUrl?: pulumi.Input<string>;
}

const shape: Shape<AppArgs, AppState> = {
  token: "heroku:app/app:App",
  properties: {
    acm: "optional",
    allConfigVars: "computed",
    buildpacks: "optional",
    configVars: "optional",
    gitUrl: "computed",
    herokuHostname: "computed",
    internalRouting: "optional",
    name: "optional",
    organization: "optional",
    region: "required",
    sensitiveConfigVars: "optional",
    space: "optional",
    stack: "optional",
    uuid: "computed",
    webUrl: "computed",
  },
  secrets: ["allConfigVars", "configVars", "sensitiveConfigVars"],
};

/**
 * A Heroku app: the name, the address and the config vars that dynos and add-ons hang on. It costs nothing by itself.
 * Its id is Heroku's UUID. Importing takes the name or the UUID.
 */
export class App extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** Whether Heroku manages TLS certificates for the app's domains. */
  declare readonly acm: pulumi.Output<boolean>;
  /** Every config var, those of add-ons included (secret); empty with `setAppAllConfigVarsInState: false`. */
  declare readonly allConfigVars: pulumi.Output<{ [key: string]: string }>;
  /** Buildpacks in the order they run. */
  declare readonly buildpacks: pulumi.Output<string[]>;
  /** Config vars given as `configVars` (secret). */
  declare readonly configVars: pulumi.Output<{ [key: string]: string }>;
  /** Git remote that builds are pushed to. */
  declare readonly gitUrl: pulumi.Output<string>;
  /** Host name to point DNS records at. */
  declare readonly herokuHostname: pulumi.Output<string>;
  /** Whether the app is reachable only inside its private space. */
  declare readonly internalRouting: pulumi.Output<boolean>;
  /** Name of the app. */
  declare readonly name: pulumi.Output<string>;
  /** The Heroku Team that owns the app. */
  declare readonly organization: pulumi.Output<outputs.app.AppOrganization | undefined>;
  /** Heroku region. */
  declare readonly region: pulumi.Output<string>;
  /** Config vars given as `sensitiveConfigVars` (secret). */
  declare readonly sensitiveConfigVars: pulumi.Output<{ [key: string]: string }>;
  /** Private space that the app is in. */
  declare readonly space: pulumi.Output<string | undefined>;
  /** What the app runs on. */
  declare readonly stack: pulumi.Output<string>;
  /** UUID of the app, the same as its id. */
  declare readonly uuid: pulumi.Output<string>;
  /** Where the app answers, a URL that ends in `/`. It cannot be told from the name alone. */
  declare readonly webUrl: pulumi.Output<string>;

  constructor(name: string, state: AppState | undefined, opts: LookUpOptions);
  constructor(name: string, args: AppArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: AppArgs | AppState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing app by its UUID or name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, state?: AppState, opts?: pulumi.CustomResourceOptions): App {
    return new App(name, state, { ...opts, id });
  }

  /** Whether an object is an app, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is App {
    return hasToken(obj, shape.token);
  }
}
