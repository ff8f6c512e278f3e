import type { HerokuClient } from "../../heroku/client";
import { listDynos } from "../../heroku/dynos";
import { listFormation, listReleases } from "../../heroku/releases";
import type { App, Dyno, Formation, Release } from "../../heroku/types";
import { GaveUpError, waitUntil } from "../../heroku/wait";
import type { Images } from "./images";
import { deployedImages, shortIdOf } from "./live-images";
import { UnhealthyError } from "./unhealthy";

/** Releases that may have come since the images were released, to find what is live by. */
const RELEASES_READ = 20;
/** Milliseconds between two looks at dynos that have to stay up. */
const LOOK_INTERVAL = 1_000;

/** Dynos that are up, and the formation that asked for them. */
export interface Running {
  dynos: Dyno[];
  formation: Formation[];
}

/**
 * Waits until as many dynos as the formation asks for are up on this release or a later one, for every process type that
 * has an image. Heroku starts them one after another, and with preboot beside those of the former release.
 * @throws UnhealthyError
 */
export async function awaitDynos(
  client: HerokuClient,
  app: App,
  release: Release,
  imageIds: Images,
  timeout: number,
): Promise<Running> {
  let waiting = "its dynos";
  const running = await waitUntil(client, {
    what: () => `${waiting} of app "${app.name}" to be up`,
    timeout,
    look: async () => {
      const [formation, dynos] = await Promise.all([listFormation(client, app), listDynos(client, app)]);
      const ours = dynos.filter(({ type, release: { version } }) => type in imageIds && version >= release.version);
      assertNoneCrashed(app, ours);
      const up = ours.filter(({ state }) => isUp(state));
      const missing = formation.filter(({ type, quantity }) => {
        return type in imageIds && up.filter((dyno) => dyno.type === type).length < quantity;
      });
      waiting = missing.map(({ type, quantity }) => `${quantity} × ${type}`).join(", ");
      return missing.length === 0 ? { dynos: up, formation } : undefined;
    },
  }).catch((error: unknown) => {
    throw error instanceof GaveUpError ? new UnhealthyError(error.message, undefined, { cause: error }) : error;
  });
  await assertAllMoved(client, app, imageIds);
  return running;
}

/**
 * Watches dynos that have just come up for `period` milliseconds. Many processes fail only after seconds of imports, when Heroku
 * has long called them up. Dynos without a health route are watched so.
 * @throws UnhealthyError for one that crashes or restarts
 */
export async function assertStayUp(
  client: HerokuClient,
  app: App,
  dynos: readonly Dyno[],
  period: number,
): Promise<void> {
  if (dynos.length === 0) return;
  const { runtime, operation } = client;
  const names = dynos.map(({ name }) => name);
  const seconds = period / 1_000;
  for (const end = runtime.now() + period; runtime.now() < end; ) {
    await runtime.sleep(Math.min(LOOK_INTERVAL, end - runtime.now()), operation.signal);
    const watched = (await listDynos(client, app)).filter(({ name }) => names.includes(name));
    assertNoneCrashed(app, watched);
    const started = watched.find(({ name, state, release }) => {
      const before = dynos.find((one) => one.name === name);
      // Somebody else's release restarts dynos too.
      return !isUp(state) && release.version === before?.release.version;
    });
    if (started) {
      throw new UnhealthyError(
        `dyno ${started.name} of app "${app.name}" must stay up for ${seconds} s, got "${started.state}" again; ` +
          "correct what its log reports and run `pulumi up` again",
        started.name,
      );
    }
    operation.progress(`watching ${names.join(", ")} for ${seconds} s`);
  }
}

function assertNoneCrashed(app: App, dynos: readonly Dyno[]): void {
  const crashed = dynos.find(({ state }) => state === "crashed");
  if (!crashed) return;
  throw new UnhealthyError(
    `dyno ${crashed.name} of app "${app.name}" must be up, got "crashed"; ` +
      "correct what its log reports and run `pulumi up` again",
    crashed.name,
  );
}

const isUp = (state: string) => state === "up" || state === "idle";

/** Fails when a process type kept another image: all of them move together. */
async function assertAllMoved(client: HerokuClient, app: App, imageIds: Images): Promise<void> {
  const deployed = deployedImages(await listReleases(client, app, RELEASES_READ));
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
