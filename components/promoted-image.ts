import * as pulumi from "@pulumi/pulumi";
import * as native from "@skechwime/heroku-native";
import { imageReference } from "../validation/image-reference";
import type { Issue } from "../validation/issue";
import { processType } from "../validation/rules";
import { assertValid, check, whenKnown } from "./support/valid-arguments";

/** Arguments of {@link PromotedImage}. */
export interface PromotedImageArgs {
  /** Image to promote, by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  source: pulumi.Input<string>;
  /** Name of the app that is to run it. Changing it replaces the copy. */
  app: pulumi.Input<string>;
  /** Process type it is for. Changing it replaces the copy. */
  processType: string;
  /** Stack that runs the image already, for the preview to tell. @default none */
  from?: string;
  /** When that stack released it, for the preview to tell; empty when it does not say. @default "" */
  since?: pulumi.Input<string>;
}

/** What is wrong with plain arguments of {@link PromotedImage}. */
export function promotedImageIssues(args: Partial<PromotedImageArgs>): Issue[] {
  return [...check("source", args.source, imageReference), ...check("processType", args.processType, processType)];
}

/**
 * An image that another app runs, or that this one ran before, instead of a build: copied within Heroku's registry, with
 * the same digest on both sides. Copying releases nothing.
 *
 * ```ts
 * const image = new PromotedImage("web", { source: dev.reference, app: app.appName, processType: "web" }, { providers });
 * ```
 *
 * Creates one `PromotedImage` of heroku-native. Its preview tells commit, age and pending migrations, and fails for an
 * image that is not there or that Heroku would not run. Needs no Docker engine and no build context. Costs nothing.
 */
export class PromotedImage extends pulumi.ComponentResource {
  /** Reference by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  readonly reference: pulumi.Output<string>;
  /** Commit, age and migrations that were pending, in one line. */
  readonly summary: pulumi.Output<string>;

  constructor(name: string, args: PromotedImageArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("PromotedImage", promotedImageIssues(args));
    super("skechwime:components:PromotedImage", name, {}, opts);
    const source = whenKnown("PromotedImage", "source", args.source, imageReference);
    const image = new native.PromotedImage(name, { ...args, source }, { parent: this });
    this.reference = image.reference;
    this.summary = image.summary;
    this.registerOutputs({ reference: this.reference, summary: this.summary });
  }
}
