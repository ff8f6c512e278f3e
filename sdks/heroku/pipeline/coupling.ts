import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Coupling}. A change of any of them replaces the coupling, not the app. */
export interface CouplingArgs {
  /** UUID of the app, not its name. Changing it replaces the coupling. */
  appId: pulumi.Input<string>;
  /** UUID of the pipeline. Changing it replaces the coupling. */
  pipeline: pulumi.Input<string>;
  /** `review`, `development`, `staging` or `production`. Changing it replaces the coupling. */
  stage: pulumi.Input<string>;
}

/** State to look up a {@link Coupling} by. */
export type CouplingState = Partial<CouplingArgs>;

const shape: Shape<CouplingArgs, CouplingState> = {
  token: "heroku:pipeline/coupling:Coupling",
  properties: { appId: "required", pipeline: "required", stage: "required" },
};

/** An app's place in a pipeline. It costs nothing. Importing takes the coupling's UUID. */
export class Coupling extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** UUID of the pipeline. */
  declare readonly pipeline: pulumi.Output<string>;
  /** Stage that the app is. */
  declare readonly stage: pulumi.Output<string>;

  constructor(name: string, state: CouplingState | undefined, opts: LookUpOptions);
  constructor(name: string, args: CouplingArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: CouplingArgs | CouplingState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing coupling by its UUID. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: CouplingState,
    opts?: pulumi.CustomResourceOptions,
  ): Coupling {
    return new Coupling(name, state, { ...opts, id });
  }

  /** Whether an object is a coupling, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Coupling {
    return hasToken(obj, shape.token);
  }
}
