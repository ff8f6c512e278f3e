import * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import * as native from "@skechwime/heroku-native";
import { SINGLE_DYNO_SIZES } from "../validation/catalog";
import type { Issue } from "../validation/issue";
import { mustBe } from "../validation/rule";
import * as rules from "../validation/rules";
import { assertValid, check } from "./support/valid-arguments";

/** How many dynos of which size run a process type. */
export interface Scale {
  /** Dyno size, e.g. "standard-1x". Changed in place, restarts the dynos of the type. */
  size: string;
  /** Number of dynos, 0 to 100. Changed in place, without a release. */
  quantity: number;
}

/** How to decide that a release is healthy. Checked after every release, before `up` returns. */
export interface HealthCheck {
  /** Path that returns 200 and JSON with the `release` ("v7") and the `dyno` ("web.1") of the dyno's environment. */
  path: string;
  /** Path of a WebSocket that echoes the `echo` of `{"type": "ping", "echo": "…"}`. @default none is opened */
  webSocketPath?: string;
  /** Seconds between two rounds of requests. @default 1 */
  interval?: number;
  /** Seconds to wait until the dynos are up, and then until they are healthy. @default 300 */
  timeout?: number;
  /** Healthy responses in a row required from each web dyno. @default 2 */
  threshold?: number;
}

/** Arguments of {@link ContainerRelease}. */
export interface ContainerReleaseArgs {
  /** Id of the app. Changing it replaces the release. */
  app: pulumi.Input<string>;
  /** Image of each process type, by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  images: Record<string, pulumi.Input<string>>;
  /** Image id that each process type was tested with. A release fails if the registry holds another. @default none */
  testedImageIds?: Record<string, pulumi.Input<string>>;
  /** Scale of each process type but "release", which runs once in each release. */
  formation: Record<string, Scale>;
  /** Seconds that the release phase may take, 1 to 3600; then it is stopped. @default 3600, Heroku's own limit */
  releaseTimeout?: number;
  /** How to decide that a release is healthy; if false, it is as soon as its dynos are up, and the preview warns. */
  healthCheck: HealthCheck | false;
}

/** What is wrong with plain arguments of {@link ContainerRelease}. */
export function containerReleaseIssues(
  args: Pick<ContainerReleaseArgs, "formation" | "healthCheck" | "releaseTimeout">,
): Issue[] {
  const { path, webSocketPath, interval, timeout, threshold } = args.healthCheck || {};
  return [
    ...check("releaseTimeout", args.releaseTimeout, rules.releaseTimeout),
    ...check("healthCheck.path", path, rules.urlPath),
    ...check("healthCheck.webSocketPath", webSocketPath, rules.urlPath),
    ...check("healthCheck.interval", interval, rules.healthInterval),
    ...check("healthCheck.timeout", timeout, rules.healthTimeout),
    ...check("healthCheck.threshold", threshold, rules.healthThreshold),
    ...formationIssues(args.formation),
  ];
}

function formationIssues(formation: Record<string, Scale>): Issue[] {
  return Object.entries(formation).flatMap(([type, scale]) => {
    const at = (key: string) => `formation.${type}${key}`;
    const issues = [
      ...check(at(""), type, rules.processType),
      ...check(at(".size"), scale.size, rules.dynoSize),
      ...check(at(".quantity"), scale.quantity, rules.quantity),
    ];
    if (SINGLE_DYNO_SIZES.includes(String(scale.size).toLowerCase()) && scale.quantity > 1) {
      const reason = mustBe(
        `0 or 1 with ${scale.size} dynos`,
        scale.quantity,
        "choose standard-1x or above to run more",
      );
      issues.push({ propertyPath: at(".quantity"), reason });
    }
    return issues;
  });
}

/**
 * What an app runs: one release of all its images, and the scale of its process types.
 *
 * ```ts
 * new ContainerRelease(
 *   "release",
 *   {
 *     app: app.id,
 *     images: { web: web.reference },
 *     formation: { web: { size: "basic", quantity: 1 } },
 *     healthCheck: { path: "/health" },
 *   },
 *   { dependsOn: [app, database, redis] },
 * );
 * ```
 *
 * Creates one release, which waits for the release phase and fails with its output, and one formation per process type.
 * If a release does not become healthy, the images of the last healthy one are released again, and `up` fails. Pass all
 * that the app reads at boot as `dependsOn`: config vars and add-ons added later are releases of their own.
 *
 * Costs (USD a dyno and month, August 2026): basic 7, standard-1x 25, standard-2x 50, performance-m 250.
 */
export class ContainerRelease extends pulumi.ComponentResource {
  /** Number of the release, e.g. 7 for v7. */
  readonly version: pulumi.Output<number>;
  /** When it was made, as an RFC 3339 timestamp. */
  readonly releasedAt: pulumi.Output<string>;
  /** Image id (digest of the image's config) of each process type. */
  readonly imageIds: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ContainerReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("ContainerRelease", containerReleaseIssues(args));
    super("skechwime:components:ContainerRelease", name, {}, opts);
    const child = { parent: this };

    const { path, webSocketPath, interval, timeout, threshold } = args.healthCheck || {};
    const release = new native.ContainerRelease(
      name,
      {
        app: args.app,
        images: args.images,
        testedImageIds: args.testedImageIds,
        releaseTimeout: args.releaseTimeout,
        healthPath: path,
        webSocketPath,
        healthInterval: interval,
        healthTimeout: timeout,
        healthThreshold: threshold,
      },
      child,
    );
    if (args.healthCheck === false) {
      void pulumi.log.warn(
        "the health check is disabled: a release is considered healthy as soon as its dynos are up",
        release,
      );
    }
    for (const [type, { size, quantity: count }] of Object.entries(args.formation)) {
      // A process type exists in Heroku's formation only once an image of it was released.
      new heroku.formation.Formation(
        `${name}-${type}`,
        { appId: args.app, type, size, quantity: count },
        { ...child, dependsOn: [release] },
      );
    }

    this.version = release.version;
    this.releasedAt = release.createdAt;
    this.imageIds = release.imageIds;
    this.registerOutputs({ version: this.version, releasedAt: this.releasedAt, imageIds: this.imageIds });
  }
}
