import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Collaborator}. */
export interface CollaboratorArgs {
  /** UUID of the app, not its name. Changing it replaces the collaborator. */
  appId: pulumi.Input<string>;
  /** E-mail address of the person. Changing it replaces the collaborator. */
  email: pulumi.Input<string>;
}

/** State to look up a {@link Collaborator} by. */
export type CollaboratorState = Partial<CollaboratorArgs>;

const shape: Shape<CollaboratorArgs, CollaboratorState> = {
  token: "heroku:collaborator/collaborator:Collaborator",
  properties: { appId: "required", email: "required" },
};

/**
 * A person with access to an app of a personal account; apps of a team have team collaborators instead. It costs
 * nothing; Heroku may write the person an e-mail. Importing takes `<app>:<e-mail address>`.
 */
export class Collaborator extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** E-mail address of the person. */
  declare readonly email: pulumi.Output<string>;

  constructor(name: string, state: CollaboratorState | undefined, opts: LookUpOptions);
  constructor(name: string, args: CollaboratorArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: CollaboratorArgs | CollaboratorState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing collaborator by its id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: CollaboratorState,
    opts?: pulumi.CustomResourceOptions,
  ): Collaborator {
    return new Collaborator(name, state, { ...opts, id });
  }

  /** Whether an object is a collaborator, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Collaborator {
    return hasToken(obj, shape.token);
  }
}
