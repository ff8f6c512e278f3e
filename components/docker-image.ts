import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as native from "@skechwime/heroku-native";
import { isSameStage } from "../images/dockerfile";
import type { Issue } from "../validation/issue";
import type { Preflight } from "../validation/preflight";
import { mustBe } from "../validation/rules";
import { stageContext } from "./image-build/context";
import { targetsOf, withLabels } from "./image-build/dockerfile";
import { imageLabels } from "./image-build/labels";
import { assertValid } from "./support/valid-arguments";

/** Arguments of {@link DockerImage}. */
export interface DockerImageArgs {
  /** Where the image is pushed, without tag: `<registry>/<app>/<process type>`. */
  repository: pulumi.Input<string>;
  /** Registry to sign in to. The password is a secret. */
  registry: { server: string; username: string; password: pulumi.Input<string> };
  /** Folder of the build context, beside Pulumi.yaml. Its `.dockerignore` is honoured. */
  context: string;
  /** Dockerfile, inside the context. @default "Dockerfile" */
  dockerfile?: string;
  /** Stage of the Dockerfile to build. @default the last */
  target?: string;
  /** URL of the source, for the image's labels. @default that of the git remote `origin` */
  source?: string;
  /** Pattern of the context's files that are database migrations. @default Django's */
  migrations?: string;
  /** How the image is tried on this machine before it is pushed. @default not at all */
  preflight?: Preflight;
  /** The context as {@link labelledContext} gives it, for several images of one context. @default looked at for this image */
  labelled?: LabelledContext;
}

/** A build context as images are built from it. */
export interface LabelledContext {
  /** Folder that it is staged to. */
  folder: string;
  /** Stage that adds the labels to a stage of the Dockerfile, or to its last one. */
  target(stage: string | undefined): string | undefined;
  /** Why the labels name no commit. */
  untold?: string;
}

/** What is wrong with the arguments of {@link DockerImage}. */
export function dockerImageIssues(args: Pick<DockerImageArgs, "context" | "dockerfile" | "target">): Issue[] {
  const { context, dockerfile = "Dockerfile", target } = args;
  if (!existsSync(context)) {
    return [
      { propertyPath: "context", reason: mustBe("a folder that exists", context, "write its path from Pulumi.yaml") },
    ];
  }
  const path = join(context, dockerfile);
  if (!existsSync(path)) {
    const reason = mustBe(`a file in ${context}`, dockerfile, "write the Dockerfile's path inside the build context");
    return [{ propertyPath: "dockerfile", reason }];
  }
  const targets = targetsOf(readFileSync(path, "utf8"));
  if (target === undefined || targets.some((name) => isSameStage(name, target))) return [];
  const fix = targets.length > 0 ? `its stages are ${targets.join(", ")}` : "name a stage there with FROM … AS <name>";
  return [{ propertyPath: "target", reason: mustBe(`a stage of ${path}`, target, fix) }];
}

/** Finds the labels of a context, its history included, and stages it with them. */
export function labelledContext(
  args: Pick<DockerImageArgs, "context" | "dockerfile" | "source" | "migrations">,
): LabelledContext {
  assertValid("DockerImage", dockerImageIssues(args));
  const build = { ...args, dockerfile: args.dockerfile ?? "Dockerfile" };
  const { labels, untold } = imageLabels(build);
  const dockerfile = readFileSync(join(build.context, build.dockerfile), "utf8");
  return {
    folder: stageContext(build, withLabels(dockerfile, labels, undefined).text),
    target: (stage) => withLabels(dockerfile, labels, stage).target,
    untold,
  };
}

/**
 * A linux/amd64 image, built from a folder and pushed to Heroku's registry. Pushing releases nothing.
 *
 * ```ts
 * const image = new DockerImage("web", { repository, registry, context: "./app", target: "web" });
 * ```
 *
 * Creates one `docker.Image`, and before it, with `preflight`, one `ImagePreflight` (pass its provider as the option
 * `providers`): an image that Heroku would refuse or could not run is never pushed. The engine's own builder pushes Docker
 * manifests of version 2 schema 2, the only kind Heroku takes. The context is built from a copy with settled file modes, so that an unchanged folder means no build and an
 * empty preview on another machine, path or umask. No build argument is taken: they would stay readable in the image.
 *
 * The image is labelled with the commit that last changed the context (`org.opencontainers.image.revision`, `.created`,
 * `.source`) and the migrations it holds (`skechwime.migrations`). Other commits change no label, and so no image.
 */
export class DockerImage extends pulumi.ComponentResource {
  /** Reference by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  readonly reference: pulumi.Output<string>;
  /** Image id that passed the preflight: the digest of its config. Undefined without a preflight. */
  readonly imageId: pulumi.Output<string> | undefined;

  constructor(name: string, args: DockerImageArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("DockerImage", dockerImageIssues(args));
    super("skechwime:components:DockerImage", name, {}, opts);

    const { preflight, dockerfile = "Dockerfile", labelled = labelledContext(args) } = args;
    const { folder: context, untold } = labelled;
    if (untold) void pulumi.log.warn(`the image does not say which commit it is of: ${untold}`, this);
    const target = labelled.target(args.target);
    const tried =
      preflight &&
      new native.ImagePreflight(
        name,
        { ...preflight, context, dockerfile, target, shownAs: join(args.context, dockerfile) },
        { parent: this },
      );
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
      // The registry keeps what was pushed in any case; without this, a stack that builds no more would ask for an engine.
      { parent: this, dependsOn: tried, retainOnDelete: true },
    );

    this.reference = image.repoDigest;
    this.imageId = tried?.imageId;
    this.registerOutputs({ reference: this.reference, imageId: this.imageId });
  }
}
