import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Attachment}. A change of any of them replaces the attachment, not the add-on. */
export interface AttachmentArgs {
  /** UUID or name of the add-on. Changing it replaces the attachment. */
  addonId: pulumi.Input<string>;
  /** UUID of the app that gets the add-on's config vars, not its name. Changing it replaces the attachment. */
  appId: pulumi.Input<string>;
  /**
   * Name that the config vars begin with: `DATABASE` makes `DATABASE_URL`. Changing it replaces the attachment.
   * @default the resource's name and a random suffix
   */
  name?: pulumi.Input<string>;
  /**
   * What of the add-on is attached, such as `credential:reader`. Changing it replaces the attachment.
   * @default all of it
   */
  namespace?: pulumi.Input<string>;
}

/** State to look up an {@link Attachment} by. */
export type AttachmentState = Partial<AttachmentArgs>;

const shape: Shape<AttachmentArgs, AttachmentState> = {
  token: "heroku:addon/attachment:Attachment",
  properties: { addonId: "required", appId: "required", name: "optional", namespace: "optional" },
};

/**
 * An add-on made available to a further app, or under a further name. It costs nothing, and makes a release of the
 * app. Importing takes the attachment's UUID.
 */
export class Attachment extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** The add-on. */
  declare readonly addonId: pulumi.Output<string>;
  /** UUID of the app that the add-on is attached to. */
  declare readonly appId: pulumi.Output<string>;
  /** Name that the config vars begin with. */
  declare readonly name: pulumi.Output<string>;
  /** What of the add-on is attached. */
  declare readonly namespace: pulumi.Output<string>;

  constructor(name: string, state: AttachmentState | undefined, opts: LookUpOptions);
  constructor(name: string, args: AttachmentArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: AttachmentArgs | AttachmentState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing attachment by its UUID. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: AttachmentState,
    opts?: pulumi.CustomResourceOptions,
  ): Attachment {
    return new Attachment(name, state, { ...opts, id });
  }

  /** Whether an object is an attachment, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Attachment {
    return hasToken(obj, shape.token);
  }
}
