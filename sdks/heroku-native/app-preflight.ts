// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link AppPreflightImages}. */
export interface AppPreflightImagesArgs {
  /** Folder of the build context, relative to the project folder. */
  context: pulumi.Input<string>;
  /** Dockerfile inside the context. */
  dockerfile: pulumi.Input<string>;
  /** Stage to build; the last when not given. */
  target?: pulumi.Input<string>;
  /** Build arguments. No secrets: the image shows them. */
  args?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Command of the process type, as messages name it. */
  command?: pulumi.Input<string>;
  /** The Dockerfile as messages name it. */
  shownAs?: pulumi.Input<string>;
  /** Memory of its dynos in MB. */
  memoryLimit: pulumi.Input<number>;
}

/** AppPreflightImagesArgs as outputs have them. */
export interface AppPreflightImages {
  context: string;
  dockerfile: string;
  target?: string;
  args?: Record<string, string>;
  command?: string;
  shownAs?: string;
  memoryLimit: number;
}

/** Arguments of {@link AppPreflight}. */
export interface AppPreflightArgs {
  /** How to build the image of each process type. That of "release" runs first, to its end. */
  images: pulumi.Input<Record<string, pulumi.Input<AppPreflightImagesArgs>>>;
  /** Path that the web process responds to with `healthStatus`. Left out, it only has to listen on $PORT. */
  healthPath?: pulumi.Input<string>;
  /** Status of a healthy response. @default 200 */
  healthStatus?: pulumi.Input<number>;
  /** Text that the body of a healthy response contains. */
  healthText?: pulumi.Input<string>;
  /** Headers of the health request, `Host` among them. No secrets: these stand in the state. @default {} */
  healthHeaders?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Seconds that processes without a health route have to stay up. @default 5 */
  settleTime?: pulumi.Input<number>;
  /** Largest size of an image in MB, uncompressed. @default 1000 */
  sizeLimit?: pulumi.Input<number>;
  /** Config vars to run the images with. No secrets: these stand in the state. @default {} */
  environment?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Names of secret config vars; each gets a random value of 64 characters instead. @default [] */
  placeholders?: pulumi.Input<string[]>;
  /** Config vars that get the URL of a throwaway PostgreSQL database, each of its own. @default [] */
  postgres?: pulumi.Input<string[]>;
  /** Config vars that get the URL of a throwaway Redis server. @default [] */
  redis?: pulumi.Input<string[]>;
  /** Shell command that has to succeed in the image of "release", or else of "web". */
  releaseCheck?: pulumi.Input<string>;
  /** Checks that are turned off: platform, command, size, release, boot, releaseCheck. @default [] */
  skip?: pulumi.Input<string[]>;
  /** Whether a preview runs it too, and fails where an update would. @default false */
  onPreview?: pulumi.Input<boolean>;
}

const properties = [
  "images",
  "healthPath",
  "healthStatus",
  "healthText",
  "healthHeaders",
  "settleTime",
  "sizeLimit",
  "environment",
  "placeholders",
  "postgres",
  "redis",
  "releaseCheck",
  "skip",
  "onPreview",
  "imageIds",
  "sizes",
];

/**
 * A trial of an app's images on this machine before they are pushed: built as they will be pushed, inspected, and run
 * as dynos would run them (another user, the dyno's memory), with throwaway PostgreSQL and Redis services that require
 * TLS. The release phase runs on the empty database first, then every process type boots: web until its health route is
 * healthy, others have to stay up. What Heroku would refuse or could not run fails, all of it at once, with the line of
 * the Dockerfile to change. Nothing is left on Heroku or in Docker but the built images. A change of any input runs it
 * again.
 */
export class AppPreflight extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:AppPreflight";

  /** How to build the image of each process type. That of "release" runs first, to its end. */
  declare readonly images: pulumi.Output<Record<string, AppPreflightImages>>;
  /** Path that the web process responds to with `healthStatus`. Left out, it only has to listen on $PORT. */
  declare readonly healthPath: pulumi.Output<string | undefined>;
  /** Status of a healthy response. */
  declare readonly healthStatus: pulumi.Output<number>;
  /** Text that the body of a healthy response contains. */
  declare readonly healthText: pulumi.Output<string | undefined>;
  /** Headers of the health request, `Host` among them. No secrets: these stand in the state. */
  declare readonly healthHeaders: pulumi.Output<Record<string, string>>;
  /** Seconds that processes without a health route have to stay up. */
  declare readonly settleTime: pulumi.Output<number>;
  /** Largest size of an image in MB, uncompressed. */
  declare readonly sizeLimit: pulumi.Output<number>;
  /** Config vars to run the images with. No secrets: these stand in the state. */
  declare readonly environment: pulumi.Output<Record<string, string>>;
  /** Names of secret config vars; each gets a random value of 64 characters instead. */
  declare readonly placeholders: pulumi.Output<string[]>;
  /** Config vars that get the URL of a throwaway PostgreSQL database, each of its own. */
  declare readonly postgres: pulumi.Output<string[]>;
  /** Config vars that get the URL of a throwaway Redis server. */
  declare readonly redis: pulumi.Output<string[]>;
  /** Shell command that has to succeed in the image of "release", or else of "web". */
  declare readonly releaseCheck: pulumi.Output<string | undefined>;
  /** Checks that are turned off: platform, command, size, release, boot, releaseCheck. */
  declare readonly skip: pulumi.Output<string[]>;
  /** Whether a preview runs it too, and fails where an update would. */
  declare readonly onPreview: pulumi.Output<boolean>;
  /** Image id of each process type: the digest of the image's config, which Heroku releases by. */
  declare readonly imageIds: pulumi.Output<Record<string, string>>;
  /** Size of each image, e.g. `184 MB` uncompressed. */
  declare readonly sizes: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AppPreflightArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: AppPreflightArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(AppPreflight.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): AppPreflight {
    return new AppPreflight(name, undefined, { ...opts, id });
  }

  /** Whether an object is a AppPreflight, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is AppPreflight {
    return hasType(obj, AppPreflight.__pulumiType);
  }
}
