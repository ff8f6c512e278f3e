import * as pulumi from "@pulumi/pulumi";
import { isDigest } from "../../validation/image-reference";
import type { Preflight } from "../../validation/preflight";
import { type PromotedImages, releasedImages } from "../../validation/promotion";
import { DockerImage, type DockerImageArgs, stageLabelled } from "../docker-image";
import { PromotedImage } from "../promoted-image";
import { deferredError } from "./deferred-error";

/** Arguments of {@link appImages}. */
export interface AppImagesArgs {
  /** Name of the app that runs them. */
  app: pulumi.Input<string>;
  registry: DockerImageArgs["registry"];
  build: Pick<DockerImageArgs, "context" | "dockerfile" | "source" | "migrations">;
  /** Dockerfile stage of each process type. */
  targets: Record<string, string | undefined>;
  /** How the image of each process type is checked before it is pushed. @default not at all */
  preflights?: Record<string, Preflight | undefined>;
  /** Images to run instead of building: `{stack: <name>}`, or one for each process type. @default {}, build */
  promote?: PromotedImages;
}

/** The images of an app. */
export interface AppImages {
  /** Reference by digest of each process type. */
  references: Record<string, pulumi.Output<string>>;
  /** Image id of each process type that passed a preflight. */
  tested?: Record<string, pulumi.Output<string>>;
  /** Summary of each promoted image; undefined for images that are built. */
  promotion?: Record<string, pulumi.Output<string>>;
}

/**
 * One image per process type: built and pushed, or promoted, in which case nothing is built. Not a component, so that
 * the images keep their URNs.
 */
export function appImages(args: AppImagesArgs, opts: pulumi.ComponentResourceOptions): AppImages {
  const { app, registry, build, targets, preflights = {}, promote = {} } = args;
  const types = Object.keys(targets);
  const repository = (type: string) => pulumi.interpolate`${registry.server}/${app}/${type}`;
  if (Object.keys(promote).length === 0) {
    const labelled = stageLabelled(build);
    const built = types.map((type) => {
      const source = { repository: repository(type), registry, ...build, labelled, target: targets[type] };
      return [type, new DockerImage(`image-${type}`, { ...source, preflight: preflights[type] }, opts)] as const;
    });
    return {
      references: Object.fromEntries(built.map(([type, { reference }]) => [type, reference])),
      tested: Object.fromEntries(built.flatMap(([type, { imageId }]) => (imageId ? [[type, imageId]] : []))),
    };
  }
  const from = promote.stack === undefined ? undefined : promotedFrom(promote.stack, types);
  const promoted = types.map((type) => {
    const image = promote[type] ?? "";
    const exact = isDigest(image) ? pulumi.interpolate`${repository(type)}@${image}` : image;
    const source = from ? from.apply(({ references }) => references[type] ?? "") : exact;
    const since = from?.apply((released) => released.since);
    const args = { source, app, processType: type, from: promote.stack, since };
    return [type, new PromotedImage(`promoted-${type}`, args, opts)] as const;
  });
  return {
    references: Object.fromEntries(promoted.map(([type, { reference }]) => [type, reference])),
    promotion: Object.fromEntries(promoted.map(([type, { summary }]) => [type, summary])),
  };
}

/** What another stack released. A plain name is a stack of the same project and organisation. */
function promotedFrom(name: string, types: readonly string[]) {
  const stack = name.includes("/") ? name : `${pulumi.getOrganization()}/${pulumi.getProject()}/${name}`;
  return new pulumi.StackReference(stack).outputs.apply((outputs) => {
    const released = releasedImages(outputs, types);
    if ("issue" in released) throw deferredError(`stack "${name}" to promote from ${released.issue}`);
    return released;
  });
}
