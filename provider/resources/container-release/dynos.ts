import type { HerokuClient } from "../../heroku/client";
import { listDynos } from "../../heroku/dynos";
import { listFormation, listReleases } from "../../heroku/releases";
import type { App, Dyno, Formation, Release } from "../../heroku/types";
import { waitUntil } from "../../heroku/wait";
import { deployedImages, shortIdOf } from "./live-images";
import { UnhealthyError } from "./unhealthy";

/** Releases that may have come since the images were released, to find what is live by. */
const releasesRead = 20;

/** Dynos that are up, and the formation that asked for them. */
export interface Running {
  dynos: Dyno[];
  formation: Formation[];
}

/**
 * Waits until as many dynos as the formation asks for are up on this release or a later one, for every process type that
 * has an image. Heroku starts them one after another, and with preboot beside those of the former release.
 */
export async function awaitDynos(
  client: HerokuClient,
  app: App,
  release: Release,
  imageIds: Readonly<Record<string, string>>,
  timeout: number,
): Promise<Running> {
  let waiting = "its dynos";
  const up = await waitUntil(client, {
    what: () => `${waiting} of app "${app.name}" to be up`,
    timeout,
    look: async () => {
      const [formation, dynos] = await Promise.all([listFormation(client, app), listDynos(client, app)]);
      const ours = dynos.filter(({ type, release: { version } }) => type in imageIds && version >= release.version);
      const crashed = ours.find(({ state }) => state === "crashed");
      if (crashed) {
        throw new UnhealthyError(
          `dyno ${crashed.name} of app "${app.name}" must be up, got "crashed"; ` +
            "correct what its log reports and run `pulumi up` again",
        );
      }
      const running = ours.filter(({ state }) => state === "up" || state === "idle");
      const missing = formation.filter(({ type, quantity }) => {
        return type in imageIds && running.filter((dyno) => dyno.type === type).length < quantity;
      });
      waiting = missing.map(({ type, quantity }) => `${quantity} × ${type}`).join(", ");
      return missing.length === 0 ? { dynos: running, formation } : undefined;
    },
  });
  await assertAllMoved(client, app, imageIds);
  return up;
}

/** All process types move together, or it is no release: one that kept another image is a fault. */
async function assertAllMoved(client: HerokuClient, app: App, imageIds: Readonly<Record<string, string>>) {
  const deployed = deployedImages(await listReleases(client, app, releasesRead));
  const others = Object.entries(imageIds).flatMap(([type, imageId]) => {
    const live = deployed.get(type);
    return live === undefined || live === shortIdOf(imageId) ? [] : [`${type} runs ${live}, not ${shortIdOf(imageId)}`];
  });
  if (others.length === 0) return;
  throw new UnhealthyError(
    `every process type of app "${app.name}" must run the declared image, got ${others.join("; ")}; ` +
      "somebody else may have released meanwhile: see `heroku releases`, then run `pulumi up` again",
  );
}
