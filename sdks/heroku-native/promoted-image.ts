// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link PromotedImage}. */
export interface PromotedImageArgs {
  /** Image to copy, by the digest of its manifest: `<registry>/<app>/<process type>@sha256:<64 hex digits>`. */
  source: pulumi.Input<string>;
  /** Name of the app that gets the image. Another app replaces the copy. */
  app: pulumi.Input<string>;
  /** Process type the image is for. Another one replaces the copy. */
  processType: pulumi.Input<string>;
  /** Name of the stack that runs the image already, for the preview to tell. A change of it changes nothing. */
  from?: pulumi.Input<string>;
  /**
   * When that stack released the image, as an RFC 3339 timestamp, for the preview to tell. A change of it changes
   * nothing.
   */
  since?: pulumi.Input<string>;
}

const properties = [
  "source",
  "app",
  "processType",
  "from",
  "since",
  "reference",
  "imageId",
  "revision",
  "sourceUrl",
  "created",
  "migrations",
  "pending",
  "summary",
];

/**
 * An image of another app, copied within Heroku's registry into the app's own repository: the same digest on both
 * sides, its layers mounted, nothing built, pulled or pushed. Its labels are read in the preview, which fails where the
 * copy would. Copying releases nothing. An image that the repository has already is tagged `latest` again and not
 * copied. Deleting it changes nothing on Heroku, whose registry deletes no image. Import it by `<app>/<process type>`.
 */
export class PromotedImage extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:PromotedImage";

  /** Image to copy, by the digest of its manifest: `<registry>/<app>/<process type>@sha256:<64 hex digits>`. */
  declare readonly source: pulumi.Output<string>;
  /** Name of the app that gets the image. Another app replaces the copy. */
  declare readonly app: pulumi.Output<string>;
  /** Process type the image is for. Another one replaces the copy. */
  declare readonly processType: pulumi.Output<string>;
  /** Name of the stack that runs the image already, for the preview to tell. A change of it changes nothing. */
  declare readonly from: pulumi.Output<string | undefined>;
  /**
   * When that stack released the image, as an RFC 3339 timestamp, for the preview to tell. A change of it changes
   * nothing.
   */
  declare readonly since: pulumi.Output<string | undefined>;
  /** Reference of the copy by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  declare readonly reference: pulumi.Output<string>;
  /** Image id: the digest of the image's config, which Heroku releases by. */
  declare readonly imageId: pulumi.Output<string>;
  /** Commit the image was built from, by its label; undefined when it has none. */
  declare readonly revision: pulumi.Output<string | undefined>;
  /** Address of the source code, by the image's label; undefined when it has none. */
  declare readonly sourceUrl: pulumi.Output<string | undefined>;
  /** When the image was built, by its label; undefined when it has none. */
  declare readonly created: pulumi.Output<string | undefined>;
  /** Migrations the image brings, by its label; undefined when it has none. */
  declare readonly migrations: pulumi.Output<string[] | undefined>;
  /** Migrations that the image which the app ran at the copy did not bring; undefined when a label is missing. */
  declare readonly pending: pulumi.Output<string[] | undefined>;
  /** Commit, age and pending migrations in one line, as the preview told them. */
  declare readonly summary: pulumi.Output<string>;

  constructor(name: string, args: PromotedImageArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: PromotedImageArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(PromotedImage.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): PromotedImage {
    return new PromotedImage(name, undefined, { ...opts, id });
  }

  /** Whether an object is a PromotedImage, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is PromotedImage {
    return hasType(obj, PromotedImage.__pulumiType);
  }
}
