import * as pulumi from "@pulumi/pulumi";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Webhook}. */
export interface WebhookArgs {
  /** UUID of the app, not its name. Changing it replaces the webhook. */
  appId: pulumi.Input<string>;
  /** Entities to tell of, such as `api:release`. */
  includes: pulumi.Input<pulumi.Input<string>[]>;
  /** `notify` sends once, `sync` repeats until the receiver accepts. */
  level: pulumi.Input<string>;
  /** Where Heroku posts the events. */
  url: pulumi.Input<string>;
  /** `Authorization` header that Heroku sends along (secret). Heroku never gives it back. */
  authorization?: pulumi.Input<string>;
  /** Key that Heroku signs the events with (secret). Heroku never gives it back. @default chosen by Heroku */
  secret?: pulumi.Input<string>;
}

/** State to look up a {@link Webhook} by. */
export type WebhookState = Partial<WebhookArgs>;

const shape: Shape<WebhookArgs, WebhookState> = {
  token: "heroku:app/webhook:Webhook",
  properties: {
    appId: "required",
    authorization: "optional",
    includes: "required",
    level: "required",
    secret: "optional",
    url: "required",
  },
  secrets: ["authorization", "secret"],
};

/** A URL that Heroku tells of what happens to an app. It costs nothing. Importing takes `<app>:<webhook's UUID>`. */
export class Webhook extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** UUID of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** `Authorization` header that Heroku sends along (secret). */
  declare readonly authorization: pulumi.Output<string | undefined>;
  /** Entities that Heroku tells of. */
  declare readonly includes: pulumi.Output<string[]>;
  /** `notify` or `sync`. */
  declare readonly level: pulumi.Output<string>;
  /** Key that Heroku signs the events with (secret). */
  declare readonly secret: pulumi.Output<string | undefined>;
  /** Where Heroku posts the events. */
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, state: WebhookState | undefined, opts: LookUpOptions);
  constructor(name: string, args: WebhookArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: WebhookArgs | WebhookState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing webhook by `<app>:<webhook's UUID>`. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: WebhookState,
    opts?: pulumi.CustomResourceOptions,
  ): Webhook {
    return new Webhook(name, state, { ...opts, id });
  }

  /** Whether an object is a webhook, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Webhook {
    return hasToken(obj, shape.token);
  }
}
