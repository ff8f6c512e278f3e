// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link ContainerReleaseFormation}. */
export interface ContainerReleaseFormationArgs {
  /** Dyno size, e.g. "standard-1x", in any case. */
  size: pulumi.Input<string>;
  /** Number of dynos. */
  quantity: pulumi.Input<number>;
}

/** ContainerReleaseFormationArgs as outputs have them. */
export interface ContainerReleaseFormation {
  size: string;
  quantity: number;
}

/** Arguments of {@link ContainerRelease}. */
export interface ContainerReleaseArgs {
  /** Id or name of the app, which must be on the stack "container". Another app replaces the release. */
  app: pulumi.Input<string>;
  /**
   * Image of each process type: `<registry>/<app>/<process type>@sha256:<digest of the manifest>`, pushed already. The
   * image of the type "release" is run in the release phase. A change makes one release, however many images change; a
   * process type left out is taken out of service.
   */
  images: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Size and quantity of each process type but "release". They are set in the same request as the images, so that a
   * first release runs on the size declared. A change of them alone makes no release, and is held to the same health.
   * Process types left out keep what they have on Heroku.
   */
  formation?: pulumi.Input<Record<string, pulumi.Input<ContainerReleaseFormationArgs>>>;
  /**
   * Image id that each process type was tested with before it was pushed. Where the registry holds another, nothing is
   * released.
   */
  testedImageIds?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Seconds that the release phase may take. One that takes longer is stopped, and the release has failed. Heroku
   * itself ends it after an hour.
   * @default 3600
   */
  releaseTimeout?: pulumi.Input<number>;
  /**
   * Path of the health route, with a query if it needs one. Each web dyno has to respond with `healthStatus`. A JSON
   * body with the `release` (`v7`, as HEROKU_RELEASE_VERSION has it) and the `dyno` (`web.1`) is taken at its word;
   * otherwise the router's log says which dyno responded. Left out, web dynos only have to stay up.
   */
  healthPath?: pulumi.Input<string>;
  /** Status of a healthy response, after redirects within the app. @default 200 */
  healthStatus?: pulumi.Input<number>;
  /** Text that the body of a healthy response contains. */
  healthText?: pulumi.Input<string>;
  /** Headers of each health request, `Host` among them. No secrets: these stand in the state. @default {} */
  healthHeaders?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Further paths that have to respond with a status below 400 once the health route is healthy. @default [] */
  healthPages?: pulumi.Input<string[]>;
  /**
   * Path of a WebSocket that has to open and send back the `echo` of `{"type": "ping", "echo": "…"}` after the health
   * route is healthy. Left out, none is opened.
   */
  webSocketPath?: pulumi.Input<string>;
  /** Seconds between two rounds of health requests. @default 1 */
  healthInterval?: pulumi.Input<number>;
  /**
   * Seconds until dynos have to be up, and then until they have to be healthy. Preboot lets former dynos serve for
   * three minutes.
   * @default 300
   */
  healthTimeout?: pulumi.Input<number>;
  /** Healthy responses in a row that each web dyno has to give. @default 2 */
  healthThreshold?: pulumi.Input<number>;
  /** Seconds that dynos without a health route have to stay up, such as workers. @default 10 */
  settleTime?: pulumi.Input<number>;
}

const properties = [
  "app",
  "images",
  "formation",
  "testedImageIds",
  "releaseTimeout",
  "healthPath",
  "healthStatus",
  "healthText",
  "healthHeaders",
  "healthPages",
  "webSocketPath",
  "healthInterval",
  "healthTimeout",
  "healthThreshold",
  "settleTime",
  "appId",
  "appName",
  "imageIds",
  "dockerImages",
  "history",
  "releaseId",
  "version",
  "status",
  "description",
  "createdAt",
];

/**
 * What a container app runs: the images of all its process types, released together in one release. Waits for the
 * release phase; when that fails, so does this resource, with the phase's output, and the former release stays live.
 * Then waits until every dyno is up on the release and, with a health path, answers well; when that does not come true,
 * it releases the images of the last good deployment again and fails with what was seen. An image or rollback released
 * by hand shows as a change after `pulumi refresh`, and `pulumi up` releases the declared images again. Deleting it
 * changes nothing on Heroku, where a release cannot be undone: the app goes on running until it is scaled down or
 * deleted. Import it by the app's id or name.
 */
export class ContainerRelease extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:ContainerRelease";

  /** Id or name of the app, which must be on the stack "container". Another app replaces the release. */
  declare readonly app: pulumi.Output<string>;
  /**
   * Image of each process type: `<registry>/<app>/<process type>@sha256:<digest of the manifest>`, pushed already. The
   * image of the type "release" is run in the release phase. A change makes one release, however many images change; a
   * process type left out is taken out of service.
   */
  declare readonly images: pulumi.Output<Record<string, string>>;
  /**
   * Size and quantity of each process type but "release". They are set in the same request as the images, so that a
   * first release runs on the size declared. A change of them alone makes no release, and is held to the same health.
   * Process types left out keep what they have on Heroku.
   */
  declare readonly formation: pulumi.Output<Record<string, ContainerReleaseFormation> | undefined>;
  /**
   * Image id that each process type was tested with before it was pushed. Where the registry holds another, nothing is
   * released.
   */
  declare readonly testedImageIds: pulumi.Output<Record<string, string> | undefined>;
  /**
   * Seconds that the release phase may take. One that takes longer is stopped, and the release has failed. Heroku
   * itself ends it after an hour.
   */
  declare readonly releaseTimeout: pulumi.Output<number>;
  /**
   * Path of the health route, with a query if it needs one. Each web dyno has to respond with `healthStatus`. A JSON
   * body with the `release` (`v7`, as HEROKU_RELEASE_VERSION has it) and the `dyno` (`web.1`) is taken at its word;
   * otherwise the router's log says which dyno responded. Left out, web dynos only have to stay up.
   */
  declare readonly healthPath: pulumi.Output<string | undefined>;
  /** Status of a healthy response, after redirects within the app. */
  declare readonly healthStatus: pulumi.Output<number>;
  /** Text that the body of a healthy response contains. */
  declare readonly healthText: pulumi.Output<string | undefined>;
  /** Headers of each health request, `Host` among them. No secrets: these stand in the state. */
  declare readonly healthHeaders: pulumi.Output<Record<string, string>>;
  /** Further paths that have to respond with a status below 400 once the health route is healthy. */
  declare readonly healthPages: pulumi.Output<string[]>;
  /**
   * Path of a WebSocket that has to open and send back the `echo` of `{"type": "ping", "echo": "…"}` after the health
   * route is healthy. Left out, none is opened.
   */
  declare readonly webSocketPath: pulumi.Output<string | undefined>;
  /** Seconds between two rounds of health requests. */
  declare readonly healthInterval: pulumi.Output<number>;
  /**
   * Seconds until dynos have to be up, and then until they have to be healthy. Preboot lets former dynos serve for
   * three minutes.
   */
  declare readonly healthTimeout: pulumi.Output<number>;
  /** Healthy responses in a row that each web dyno has to give. */
  declare readonly healthThreshold: pulumi.Output<number>;
  /** Seconds that dynos without a health route have to stay up, such as workers. */
  declare readonly settleTime: pulumi.Output<number>;
  /** Id of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Name of the app. */
  declare readonly appName: pulumi.Output<string>;
  /** Image id of each process type: the digest of the image's config, which Heroku releases by. */
  declare readonly imageIds: pulumi.Output<Record<string, string>>;
  /** Heroku's own id of the image that each process type runs, by which a change by hand is seen. */
  declare readonly dockerImages: pulumi.Output<Record<string, string>>;
  /**
   * The newest 20 releases of images that succeeded, newest first, each as JSON: version, createdAt, images, and by
   * their labels revision and migrations. It outlives Heroku's own releases.
   */
  declare readonly history: pulumi.Output<string[]>;
  /** Id of the release that made the images live. */
  declare readonly releaseId: pulumi.Output<string>;
  /** Number of that release, e.g. 7 for v7. */
  declare readonly version: pulumi.Output<number>;
  /** Status of that release: "succeeded", "failed", "pending" or "unhealthy". */
  declare readonly status: pulumi.Output<string>;
  /** Heroku's description of that release. */
  declare readonly description: pulumi.Output<string>;
  /** When that release was made, as an RFC 3339 timestamp. */
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: ContainerReleaseArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: ContainerReleaseArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(ContainerRelease.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ContainerRelease {
    return new ContainerRelease(name, undefined, { ...opts, id });
  }

  /** Whether an object is a ContainerRelease, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is ContainerRelease {
    return hasType(obj, ContainerRelease.__pulumiType);
  }
}
