import * as pulumi from "@pulumi/pulumi";
import * as native from "@skechwime/heroku-native";
import { isDigest } from "../../validation/image-reference";
import type { Preflight } from "../../validation/preflight";
import { type PromotedImages, releasedImages } from "../../validation/promotion";
import { DockerImage, type DockerImageArgs, type StagedImage, stageImages } from "../docker-image";
import type { StageOrder } from "../image-build/dockerfile";
import { PromotedImage } from "../promoted-image";
import { deferredError } from "./deferred-error";

/** What a process type is built from. */
export interface ProcessImage extends StageOrder {
  /** Dockerfile, from the context. @default that of `build` */
  dockerfile?: string | undefined;
}

/** What {@link appImages} makes images of. */
export interface AppImagesArgs {
  /** Name of the app that runs them. */
  app: pulumi.Input<string>;
  registry: DockerImageArgs["registry"];
  build: Pick<DockerImageArgs, "context" | "dockerfile" | "source" | "migrations"> & {
    /** Values of the Dockerfiles' ARG instructions. @default none */
    args?: Record<string, string>;
  };
  /** Each process type of the app. */
  types: Record<string, ProcessImage>;
  /** How the app is tried before its images are pushed. @default not at all */
  preflight?: Preflight;
  /** Images to take instead of building: `{stack: <name>}`, or one of each process type. @default {}, build */
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
  const { app, registry, promote = {} } = args;
  const types = Object.keys(args.types);
  const repository = (type: string) => pulumi.interpolate`${registry.server}/${app}/${type}`;
  if (Object.keys(promote).length === 0) return builtImages(args, repository, opts);
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

/** Tries the images together, and pushes each once they passed. */
function builtImages(
  { registry, build, types, preflight }: AppImagesArgs,
  repository: (type: string) => pulumi.Output<string>,
  opts: pulumi.ComponentResourceOptions,
): AppImages {
  const { args: buildArgs, ...source } = build;
  const staged = stagedByType(source, types);
  const trial = preflight && appPreflight(preflight, staged, types, buildArgs, opts);
  const after = trial ? { ...opts, dependsOn: [trial] } : opts;
  const references = Object.entries(staged).map(([type, image]) => {
    const { dockerfile = source.dockerfile, target, command } = types[type] ?? {};
    const built = { ...source, dockerfile, target, command, buildArgs, staged: image };
    const args = { repository: repository(type), registry, ...built };
    return [type, new DockerImage(`image-${type}`, args, after).reference] as const;
  });
  const ids = trial?.imageIds;
  return {
    references: Object.fromEntries(references),
    tested: ids && Object.fromEntries(Object.keys(types).map((type) => [type, ids.apply((all) => all[type] ?? "")])),
  };
}

/** Stages each Dockerfile once, for all process types that are built from it. */
function stagedByType(build: AppImagesArgs["build"], types: AppImagesArgs["types"]): Record<string, StagedImage> {
  const dockerfiles = new Set(Object.values(types).map(({ dockerfile }) => dockerfile));
  const staged = [...dockerfiles].map((dockerfile) => {
    const those = Object.entries(types).filter(([, type]) => type.dockerfile === dockerfile);
    return stageImages({ ...build, dockerfile: dockerfile ?? build.dockerfile }, Object.fromEntries(those));
  });
  return Object.assign({}, ...staged);
}

function appPreflight(
  { memoryLimits, ...preflight }: Preflight,
  staged: Readonly<Record<string, StagedImage>>,
  types: AppImagesArgs["types"],
  args: Record<string, string> | undefined,
  opts: pulumi.ComponentResourceOptions,
): native.AppPreflight {
  const images = Object.entries(staged).map(([type, { folder: context, dockerfile, target, shownAs }]) => {
    const memoryLimit = memoryLimits[type] ?? 0;
    return [type, { context, dockerfile, target, shownAs, args, command: types[type]?.command, memoryLimit }];
  });
  const provider = [opts.providers ?? []].flat().find((one) => native.Provider.isInstance(one));
  return new native.AppPreflight("preflight", { ...preflight, images: Object.fromEntries(images) }, { provider });
}

/** What another stack released. A plain name means a stack of the same project and organisation. */
function promotedFrom(name: string, types: readonly string[]) {
  const stack = name.includes("/") ? name : `${pulumi.getOrganization()}/${pulumi.getProject()}/${name}`;
  return new pulumi.StackReference(stack).outputs.apply((outputs) => {
    const released = releasedImages(outputs, types);
    if ("issue" in released) throw deferredError(`stack "${name}" to promote from ${released.issue}`);
    return released;
  });
}
