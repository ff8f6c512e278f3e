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
  /** Name of the app that will run it. Changing it replaces the copy. */
  app: pulumi.Input<string>;
  /** Process type it is for. Changing it replaces the copy. */
  processType: string;
  /** Stack that already runs the image, for the preview. @default none */
  from?: string;
  /** When that stack released it, for the preview; empty if unknown. @default "" */
  since?: pulumi.Input<string>;
}

/** What is wrong with plain arguments of {@link PromotedImage}. */
export function promotedImageIssues(args: Partial<PromotedImageArgs>): Issue[] {
  return [...check("source", args.source, imageReference), ...check("processType", args.processType, processType)];
}

/**
 * An existing image instead of a build: one that another app runs, or that this app ran before. It is copied within
 * Heroku's registry and keeps its digest. Copying releases nothing.
 *
 * ```ts
 * const source = dev.reference;
 * const image = new PromotedImage("web", { source, app: app.appName, processType: "web" }, { providers });
 * ```
 *
 * Creates one `PromotedImage` of heroku-native. Its preview shows commit, age and pending migrations, and fails if the
 * image is missing or Heroku would not run it. Needs no Docker engine and no build context. Costs nothing.
 */
export class PromotedImage extends pulumi.ComponentResource {
  /** Reference by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  readonly reference: pulumi.Output<string>;
  /** Commit, age and pending migrations in one line. */
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
