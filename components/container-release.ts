import * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import * as native from "@skechwime/heroku-native";
import { SINGLE_DYNO_SIZES } from "./internal/catalog";
import { dynoSize, mustBe, processType, quantity } from "./internal/rules";
import { assertValid, check, type Fault } from "./internal/validate";

/** How many dynos of which size run a process type. */
export interface Scale {
  /** Dyno size, e.g. "standard-1x". Changed in place, restarts the dynos of the type. */
  size: string;
  /** Number of dynos, 0 to 100. Changed in place, without a release. */
  quantity: number;
}

/** Arguments of {@link ContainerRelease}. */
export interface ContainerReleaseArgs {
  /** Id of the app. Changing it replaces the release. */
  app: pulumi.Input<string>;
  /** Image of each process type, by manifest digest: `<registry>/<app>/<process type>@sha256:…`. */
  images: Record<string, pulumi.Input<string>>;
  /** Scale of each process type but "release", which runs once in each release. */
  formation: Record<string, Scale>;
}

/** What is wrong with plain arguments of {@link ContainerRelease}. */
export function containerReleaseFaults(args: Pick<ContainerReleaseArgs, "formation">): Fault[] {
  return Object.entries(args.formation).flatMap(([type, scale]) => {
    const at = (key: string) => `formation.${type}${key}`;
    const faults = [
      ...check(at(""), type, processType),
      ...check(at(".size"), scale.size, dynoSize),
      ...check(at(".quantity"), scale.quantity, quantity),
    ];
    if (SINGLE_DYNO_SIZES.includes(String(scale.size).toLowerCase()) && scale.quantity > 1) {
      const reason = mustBe(
        `0 or 1 with ${scale.size} dynos`,
        scale.quantity,
        "choose standard-1x or above to run more",
      );
      faults.push({ propertyPath: at(".quantity"), reason });
    }
    return faults;
  });
}

/**
 * What an app runs: one release of all its images, and the scale of its process types.
 *
 * ```ts
 * new ContainerRelease(
 *   "release",
 *   { app: app.id, images: { web: web.reference }, formation: { web: { size: "basic", quantity: 1 } } },
 *   { dependsOn: [app, database, redis] },
 * );
 * ```
 *
 * Creates one release (it waits for the release phase, and fails with its output) and one formation per process type.
 * Give everything that the app reads at boot as `dependsOn`: config vars and add-ons that come later are releases of their own.
 *
 * Costs (USD a dyno and month, August 2026): basic 7, standard-1x 25, standard-2x 50, performance-m 250.
 */
export class ContainerRelease extends pulumi.ComponentResource {
  /** Number of the release, e.g. 7 for v7. */
  readonly version: pulumi.Output<number>;
  /** Image id (digest of the image's config) of each process type. */
  readonly imageIds: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ContainerReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("ContainerRelease", containerReleaseFaults(args));
    super("skechwime:components:ContainerRelease", name, {}, opts);
    const child = { parent: this };

    const release = new native.ContainerRelease(name, { app: args.app, images: args.images }, child);
    for (const [type, { size, quantity: count }] of Object.entries(args.formation)) {
      // A process type exists in Heroku's formation only once an image of it was released.
      new heroku.formation.Formation(
        `${name}-${type}`,
        { appId: args.app, type, size, quantity: count },
        { ...child, dependsOn: [release] },
      );
    }

    this.version = release.version;
    this.imageIds = release.imageIds;
    this.registerOutputs({ version: this.version, imageIds: this.imageIds });
  }
}
