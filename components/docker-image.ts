import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { isSameStage } from "../images/dockerfile";
import { DEFAULTS } from "../validation/defaults";
import type { Issue } from "../validation/issue";
import { mustBe } from "../validation/rule";
import { readContext } from "./image-build/context";
import { type StageOrder, targetsOf, withStages } from "./image-build/dockerfile";
import { imageLabels } from "./image-build/labels";
import { stageContext } from "./image-build/staging";
import { assertValid } from "./support/valid-arguments";

/** Arguments of {@link DockerImage}. */
export interface DockerImageArgs {
  /** Where the image is pushed, without tag: `<registry>/<app>/<process type>`. */
  repository: pulumi.Input<string>;
  /** Registry to sign in to. The password is a secret. */
  registry: { server: string; username: string; password: pulumi.Input<string> };
  /**
   * Folder of the build context, from the project's folder. `<Dockerfile>.dockerignore`, or else its `.dockerignore`,
   * says what to leave out. The project's own state, packages and settings and git's data are never taken.
   */
  context: string;
  /** Dockerfile, from the context; it may lie outside of it. @default "Dockerfile" */
  dockerfile?: string;
  /** Stage of the Dockerfile to build. @default the last stage */
  target?: string;
  /** URL of the source, for the image's labels. @default that of the git remote `origin` */
  source?: string;
  /** Pattern of the files in the context that are database migrations. @default Django's */
  migrations?: string;
  /** Shell command instead of the Dockerfile's own. @default the image's command */
  command?: string;
  /** Values of the Dockerfile's ARG instructions. No secrets: the image shows them. @default none */
  buildArgs?: Record<string, string>;
  /** The context as {@link stageImages} returns it, to read it once for several images. @default read for this image */
  staged?: StagedImage;
}

/** What one image is built from. */
export interface StagedImage {
  /** Folder that the build context is staged to. */
  folder: string;
  /** The Dockerfile inside that folder. */
  dockerfile: string;
  /** The Dockerfile that the user wrote. */
  shownAs: string;
  /** Stage to build: one that adds labels and the command, where there are any. */
  target: string | undefined;
  /** Why the labels name no commit. */
  noCommit?: string;
}

/** What is wrong with plain arguments of {@link DockerImage}. */
export function dockerImageIssues(args: Pick<DockerImageArgs, "context" | "dockerfile" | "target">): Issue[] {
  const { context, dockerfile = DEFAULTS.dockerfile, target } = args;
  if (!isFolder(context)) {
    return [
      { propertyPath: "context", reason: mustBe("a folder that exists", context, "write its path from Pulumi.yaml") },
    ];
  }
  const path = resolve(context, dockerfile);
  if (!isFile(path)) {
    const reason = mustBe("a file", dockerfile, `write its path from the build context ${context}`);
    return [{ propertyPath: "dockerfile", reason }];
  }
  const targets = targetsOf(readFileSync(path, "utf8"));
  if (target === undefined || targets.some((name) => isSameStage(name, target))) return [];
  const fix = targets.length > 0 ? `its stages are ${targets.join(", ")}` : "name a stage there with FROM … AS <name>";
  return [{ propertyPath: "target", reason: mustBe(`a stage of ${relative("", path)}`, target, fix) }];
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Reads a context, finds its labels, and stages it once for several images, by process type. */
export function stageImages<T extends string>(
  args: Pick<DockerImageArgs, "context" | "dockerfile" | "source" | "migrations">,
  types: Readonly<Record<T, StageOrder>>,
): Record<T, StagedImage> {
  const orders: [T, StageOrder][] = Object.entries<StageOrder>(types).map(([type, order]) => [type as T, order]);
  for (const [, { target }] of orders) assertValid("DockerImage", dockerImageIssues({ ...args, target }));
  const context = readContext({ context: args.context, dockerfile: args.dockerfile ?? DEFAULTS.dockerfile });
  const { labels, noCommit } = imageLabels(context, args);
  const { path, source, text } = context.dockerfile;
  const stages = withStages(text, labels, types);
  const folder = stageContext(context, stages.text);
  const common = { folder, dockerfile: path, shownAs: relative("", source), noCommit };
  return Object.fromEntries(orders.map(([type]) => [type, { ...common, target: stages.targetOf(type) }])) as Record<
    T,
    StagedImage
  >;
}

/**
 * A linux/amd64 image, built from a folder and pushed to Heroku's registry. Pushing releases nothing.
 *
 * ```ts
 * const image = new DockerImage("web", { repository, registry, context: "./app", target: "web" });
 * ```
 *
 * Creates one `docker.Image`. The engine's own builder pushes Docker manifests of version 2 schema 2, the only kind Heroku
 * takes. The context is built from a copy with settled file modes, so that an unchanged folder means no build and an empty
 * preview on another machine, path or umask.
 *
 * The image is labelled with the commit that last changed the context (`org.opencontainers.image.revision`, `.created`,
 * `.source`) and the migrations in it (`skechwime.migrations`). Other commits change no label, and so no image.
 */
export class DockerImage extends pulumi.ComponentResource {
  /** Reference by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  readonly reference: pulumi.Output<string>;
  constructor(name: string, args: DockerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("DockerImage", dockerImageIssues(args));
    super("skechwime:components:DockerImage", name, {}, opts);

    const { target, command, buildArgs, staged = stageImages(args, { image: { target, command } }).image } = args;
    const { folder: context, dockerfile, noCommit } = staged;
    if (noCommit) void pulumi.log.warn(`the image will not be labelled with a commit: ${noCommit}`, this);
    const image = new docker.Image(
      name,
      {
        imageName: pulumi.interpolate`${args.repository}:latest`,
        build: {
          context,
          dockerfile: `${context}/${dockerfile}`,
          platform: "linux/amd64",
          target: staged.target,
          args: buildArgs,
        },
        registry: { ...args.registry, password: pulumi.secret(args.registry.password) },
      },
      // Nothing is pushed before what the component depends on, such as its preflight. The registry keeps what was pushed in
      // any case: retained, it needs no engine in a stack that builds no more.
      { parent: this, dependsOn: opts?.dependsOn, retainOnDelete: true },
    );

    this.reference = image.repoDigest;
    this.registerOutputs({ reference: this.reference });
  }
}
