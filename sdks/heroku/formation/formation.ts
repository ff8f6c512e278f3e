import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Formation}. */
export interface FormationArgs {
  /** UUID of the app, not its name. Changing it replaces the resource. */
  appId: pulumi.Input<string>;
  /** Number of dynos, a whole number from 0 on; each costs its size's price. */
  quantity: pulumi.Input<number>;
  /** Dyno size, `basic` or `standard-1x` for instance; case does not count. It sets what each dyno costs. */
  size: pulumi.Input<string>;
  /** Process type, such as `web`, of the app's release. Changing it leaves the dynos of the former type running. */
  type: pulumi.Input<string>;
}

/** State to look up a {@link Formation} by. */
export type FormationState = Partial<FormationArgs>;

const shape: Shape<FormationArgs, FormationState> = {
  token: "heroku:formation/formation:Formation",
  properties: { appId: "required", quantity: "required", size: "required", type: "required" },
};

/**
 * How many dynos of which size run a process type. Heroku knows the type only once a release has it, so it depends on
 * the release. Deleting it changes nothing at Heroku: the dynos go with the app. Importing takes `<app>:<type>`.
 */
export class Formation extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Number of dynos. */
  declare readonly quantity: pulumi.Output<number>;
  /** Dyno size. */
  declare readonly size: pulumi.Output<string>;
  /** Process type. */
  declare readonly type: pulumi.Output<string>;

  constructor(name: string, state: FormationState | undefined, opts: LookUpOptions);
  constructor(name: string, args: FormationArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: FormationArgs | FormationState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing formation by its id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: FormationState,
    opts?: pulumi.CustomResourceOptions,
  ): Formation {
    return new Formation(name, state, { ...opts, id });
  }

  /** Whether an object is a formation, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Formation {
    return hasToken(obj, shape.token);
  }
}
