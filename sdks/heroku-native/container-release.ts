import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

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
}

const properties = [
  "app",
  "images",
  "appId",
  "appName",
  "imageIds",
  "dockerImages",
  "releaseId",
  "version",
  "status",
  "description",
  "createdAt",
];

/**
 * What a container app runs: the images of all its process types, released together in one release. Waits for the
 * release phase; when that fails, so does this resource, with the phase's output, and the former release stays live. An
 * image or rollback released by hand shows as a change after `pulumi refresh`, and `pulumi up` releases the declared
 * images again. Deleting it changes nothing on Heroku, where a release cannot be undone: the app goes on running until
 * it is scaled down or deleted. Import it by the app's id or name.
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
  /** Id of the app. */
  declare readonly appId: pulumi.Output<string>;
  /** Name of the app. */
  declare readonly appName: pulumi.Output<string>;
  /** Image id of each process type: the digest of the image's config, which Heroku releases by. */
  declare readonly imageIds: pulumi.Output<Record<string, string>>;
  /** Heroku's own id of the image that each process type runs, by which a change by hand is seen. */
  declare readonly dockerImages: pulumi.Output<Record<string, string>>;
  /** Id of the release that made the images live. */
  declare readonly releaseId: pulumi.Output<string>;
  /** Number of that release, e.g. 7 for v7. */
  declare readonly version: pulumi.Output<number>;
  /** Status of that release: "succeeded", "failed" or "pending". */
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

  /** Looks up what an app runs, by the app's id or name. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ContainerRelease {
    return new ContainerRelease(name, undefined, { ...opts, id });
  }

  /** Whether an object is a container release, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is ContainerRelease {
    return hasType(obj, ContainerRelease.__pulumiType);
  }
}
