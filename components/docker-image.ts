import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as native from "@skechwime/heroku-native";
import { isSameStage } from "../images/dockerfile";
import { DEFAULTS } from "../validation/defaults";
import type { Issue } from "../validation/issue";
import type { Preflight } from "../validation/preflight";
import { mustBe } from "../validation/rule";
import { readContext } from "./image-build/context";
import { targetsOf, withLabels } from "./image-build/dockerfile";
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
  /** How the image is checked on this machine before it is pushed. @default not at all */
  preflight?: Preflight;
  /** The context from {@link stageLabelled}, to read it once for several images. @default read for this image */
  labelled?: LabelledContext;
}

/** A build context that images can be built from. */
export interface LabelledContext {
  /** Folder that it is staged to. */
  folder: string;
  /** The Dockerfile inside that folder. */
  dockerfile: string;
  /** The Dockerfile that the user wrote. */
  shownAs: string;
  /** Stage that adds the labels to a stage of the Dockerfile, or to the last one. */
  target(stage: string | undefined): string | undefined;
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

/** Reads a context, finds its labels, and stages it with them. */
export function stageLabelled(
  args: Pick<DockerImageArgs, "context" | "dockerfile" | "source" | "migrations">,
): LabelledContext {
  assertValid("DockerImage", dockerImageIssues(args));
  const context = readContext({ context: args.context, dockerfile: args.dockerfile ?? DEFAULTS.dockerfile });
  const { labels, noCommit } = imageLabels(context, args);
  const { path, source, text } = context.dockerfile;
  return {
    folder: stageContext(context, withLabels(text, labels, undefined).text),
    dockerfile: path,
    shownAs: relative("", source),
    target: (stage) => withLabels(text, labels, stage).target,
    noCommit,
  };
}

/**
 * A linux/amd64 image, built from a folder and pushed to Heroku's registry. Pushing releases nothing.
 *
 * ```ts
 * const image = new DockerImage("web", { repository, registry, context: "./app", target: "web" });
 * ```
 *
 * Creates one `docker.Image` and, with `preflight`, one `ImagePreflight` before it (pass its provider as the option
 * `providers`): an image that Heroku would refuse or could not run is never pushed. The engine's own builder pushes
 * Docker manifests of version 2 schema 2, the only kind that Heroku takes. The image is built from a copy of the
 * context with settled file modes, so an unchanged folder means no build and an empty preview on any machine, path and
 * umask. There are no build arguments: they would stay readable in the image.
 *
 * The image is labelled with the commit that last changed the context (`org.opencontainers.image.revision`, `.created`,
 * `.source`) and the migrations in it (`skechwime.migrations`). Other commits change no label, and so no image.
 */
export class DockerImage extends pulumi.ComponentResource {
  /** Reference by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  readonly reference: pulumi.Output<string>;
  /** Image id that passed the preflight: the digest of its config. Undefined without a preflight. */
  readonly imageId: pulumi.Output<string> | undefined;

  constructor(name: string, args: DockerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("DockerImage", dockerImageIssues(args));
    super("skechwime:components:DockerImage", name, {}, opts);

    const { preflight, labelled = stageLabelled(args) } = args;
    const { folder: context, dockerfile, shownAs, noCommit } = labelled;
    if (noCommit) void pulumi.log.warn(`the image will not be labelled with a commit: ${noCommit}`, this);
    const target = labelled.target(args.target);
    const checked =
      preflight &&
      new native.ImagePreflight(name, { ...preflight, context, dockerfile, target, shownAs }, { parent: this });
    const image = new docker.Image(
      name,
      {
        imageName: pulumi.interpolate`${args.repository}:latest`,
        build: {
          context,
          dockerfile: `${context}/${dockerfile}`,
          platform: "linux/amd64",
          target,
        },
        registry: { ...args.registry, password: pulumi.secret(args.registry.password) },
      },
      // The registry keeps pushed images anyway; deleting them would require a Docker engine on stacks that no longer
      // build.
      { parent: this, dependsOn: checked, retainOnDelete: true },
    );

    this.reference = image.repoDigest;
    this.imageId = checked?.imageId;
    this.registerOutputs({ reference: this.reference, imageId: this.imageId });
  }
}
