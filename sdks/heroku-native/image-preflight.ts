// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link ImagePreflight}. */
export interface ImagePreflightArgs {
  /** Process type that the image is for. An image for "web" is run. */
  processType: pulumi.Input<string>;
  /** Folder of the build context, as seen from the project folder. */
  context: pulumi.Input<string>;
  /** Dockerfile inside the context. @default "Dockerfile" */
  dockerfile?: pulumi.Input<string>;
  /** Stage of the Dockerfile to build; the last when not given. */
  target?: pulumi.Input<string>;
  /** The Dockerfile as messages name it; as in the context when not given. */
  shownAs?: pulumi.Input<string>;
  /** Path that a web image answers with 200, or with 503 while its services are away. @default "/health" */
  healthPath?: pulumi.Input<string>;
  /** Memory of the dyno in MB. @default 512 */
  memoryLimit?: pulumi.Input<number>;
  /** Most that the image may be, in MB, uncompressed. @default 1000 */
  sizeLimit?: pulumi.Input<number>;
  /** Config vars to run it with. No secrets: these stand in the state. @default {} */
  environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Names of secret config vars; each gets a random value of 64 characters in their place. @default [] */
  placeholders?: pulumi.Input<string[]>;
  /** Shell command that must succeed in the image, run with the same config vars. */
  releaseCheck?: pulumi.Input<string>;
  /** Whether a preview tries the image too, and fails where an update would. @default false */
  onPreview?: pulumi.Input<boolean>;
}

const properties = [
  "processType",
  "context",
  "dockerfile",
  "target",
  "shownAs",
  "healthPath",
  "memoryLimit",
  "sizeLimit",
  "environment",
  "placeholders",
  "releaseCheck",
  "onPreview",
  "imageId",
  "sizeMb",
  "checkedContext",
];

/**
 * A try of an image on this machine before it is pushed: built as it will be pushed, looked at, and, for a web process,
 * run as a dyno would run it (under another user, with a read-only root and the dyno's memory) until its health route
 * answers. What Heroku would refuse or could not run fails, all of it at once, with the line of the Dockerfile to
 * change. Nothing is left on Heroku or in Docker but the built image. A change of any input tries again.
 */
export class ImagePreflight extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:ImagePreflight";

  /** Process type that the image is for. An image for "web" is run. */
  declare readonly processType: pulumi.Output<string>;
  /** Folder of the build context, as seen from the project folder. */
  declare readonly context: pulumi.Output<string>;
  /** Dockerfile inside the context. */
  declare readonly dockerfile: pulumi.Output<string>;
  /** Stage of the Dockerfile to build; the last when not given. */
  declare readonly target: pulumi.Output<string | undefined>;
  /** The Dockerfile as messages name it; as in the context when not given. */
  declare readonly shownAs: pulumi.Output<string | undefined>;
  /** Path that a web image answers with 200, or with 503 while its services are away. */
  declare readonly healthPath: pulumi.Output<string>;
  /** Memory of the dyno in MB. */
  declare readonly memoryLimit: pulumi.Output<number>;
  /** Most that the image may be, in MB, uncompressed. */
  declare readonly sizeLimit: pulumi.Output<number>;
  /** Config vars to run it with. No secrets: these stand in the state. */
  declare readonly environment: pulumi.Output<Record<string, string>>;
  /** Names of secret config vars; each gets a random value of 64 characters in their place. */
  declare readonly placeholders: pulumi.Output<string[]>;
  /** Shell command that must succeed in the image, run with the same config vars. */
  declare readonly releaseCheck: pulumi.Output<string | undefined>;
  /** Whether a preview tries the image too, and fails where an update would. */
  declare readonly onPreview: pulumi.Output<boolean>;
  /** Image id: the digest of the image's config, which Heroku releases by. */
  declare readonly imageId: pulumi.Output<string>;
  /** Size of the image in MB, uncompressed. */
  declare readonly sizeMb: pulumi.Output<number>;
  /** Build context that the image was made of. */
  declare readonly checkedContext: pulumi.Output<string>;

  constructor(name: string, args: ImagePreflightArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: ImagePreflightArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(ImagePreflight.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ImagePreflight {
    return new ImagePreflight(name, undefined, { ...opts, id });
  }

  /** Whether an object is a ImagePreflight, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is ImagePreflight {
    return hasType(obj, ImagePreflight.__pulumiType);
  }
}
