import * as pulumi from "@pulumi/pulumi";
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
  /**
   * Path that each web dyno responds to with `status`. A JSON body with the `release` ("v7") and the `dyno` ("web.1") is taken at
   * its word; otherwise Heroku's router log says which dyno responded.
   */
  path: string;
  /** Status of a healthy response, after redirects within the app. @default 200 */
  status?: number;
  /** Text that the body of a healthy response contains. @default any body */
  text?: string;
  /** Headers of each request, `Host` among them. @default none */
  headers?: Record<string, string>;
  /** Further paths that have to return a status below 400 once the path is healthy. @default none */
  pages?: string[];
  /** Seconds that dynos without a health path, such as workers, have to stay up. @default 10 */
  settle?: number;
  /** Path of a WebSocket that sends back the `echo` of `{"type": "ping", "echo": "…"}`. @default none is opened */
  webSocketPath?: string;
  /** Seconds between two rounds of requests. @default 1 */
  interval?: number;
  /** Seconds until the dynos have to be up, and then until they have to be healthy. @default 300 */
  timeout?: number;
  /** Healthy responses in a row that each web dyno has to give. @default 2 */
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
  /** How to decide that a release is healthy; false to accept dynos that are up, of which the preview then warns. */
  healthCheck: HealthCheck | false;
}

/** What is wrong with plain arguments of {@link ContainerRelease}. */
export function containerReleaseIssues(
  args: Pick<ContainerReleaseArgs, "formation" | "healthCheck" | "releaseTimeout">,
): Issue[] {
  const { path, status, pages = [], settle, webSocketPath, interval, timeout, threshold } = args.healthCheck || {};
  return [
    ...check("releaseTimeout", args.releaseTimeout, rules.releaseTimeout),
    ...check("healthCheck.path", path, rules.urlPath),
    ...check("healthCheck.status", status, rules.httpStatus),
    ...pages.flatMap((page, i) => check(`healthCheck.pages[${i}]`, page, rules.urlPath)),
    ...check("healthCheck.settle", settle, rules.settleTime),
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
 * Creates one release, at the declared sizes and quantities: it waits for the release phase and fails with its output. A release
 * or a scaling that does not become healthy is taken back: the last healthy images and scale are released again, and `up` fails.
 * Give everything that the app reads at boot as `dependsOn`: config vars and add-ons that come later are releases of their own.
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
    const health: Partial<HealthCheck> = args.healthCheck || {};
    const release = new native.ContainerRelease(
      name,
      {
        app: args.app,
        images: args.images,
        formation: args.formation,
        testedImageIds: args.testedImageIds,
        releaseTimeout: args.releaseTimeout,
        healthPath: health.path,
        healthStatus: health.status,
        healthText: health.text,
        healthHeaders: health.headers,
        healthPages: health.pages,
        settleTime: health.settle,
        webSocketPath: health.webSocketPath,
        healthInterval: health.interval,
        healthTimeout: health.timeout,
        healthThreshold: health.threshold,
      },
      { parent: this },
    );
    if (args.healthCheck === false) {
      void pulumi.log.warn(
        "the health check is disabled: a release is considered healthy as soon as its dynos are up",
        release,
      );
    }

    this.version = release.version;
    this.releasedAt = release.createdAt;
    this.imageIds = release.imageIds;
    this.registerOutputs({ version: this.version, releasedAt: this.releasedAt, imageIds: this.imageIds });
  }
}
