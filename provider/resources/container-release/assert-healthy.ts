import type { HerokuClient } from "../../heroku/client";
import type { App, Formation, Release } from "../../heroku/types";
import { GaveUpError } from "../../heroku/wait";
import type { InputsOf } from "../../schema/definition";
import type { containerRelease } from "./definition";
import { awaitDynos } from "./dynos";
import { awaitHealth } from "./health";
import type { Images } from "./images";
import { UnhealthyError } from "./unhealthy";

type Inputs = InputsOf<typeof containerRelease>;

/**
 * A release is true when every dyno of its process types is up on it, and, with a health path, when its web dynos answer.
 * Answers the formation that runs it.
 * @throws UnhealthyError
 */
export async function assertHealthy(
  client: HerokuClient,
  app: App,
  release: Release,
  imageIds: Images,
  { healthPath, webSocketPath, healthInterval, healthTimeout, healthThreshold }: Inputs,
): Promise<Formation[]> {
  const timeout = healthTimeout * 1_000;
  const { dynos, formation } = await awaitDynos(client, app, release, imageIds, timeout).catch((error: unknown) => {
    throw error instanceof GaveUpError ? new UnhealthyError(error.message, { cause: error }) : error;
  });
  const web = dynos.filter(({ type }) => type === "web");
  // Heroku's router answers for an app in maintenance.
  if (healthPath === undefined || web.length === 0 || app.maintenance) return formation;
  const interval = healthInterval * 1_000;
  await awaitHealth(client, app, release, web, {
    path: healthPath,
    webSocketPath,
    interval,
    timeout,
    threshold: healthThreshold,
  });
  return formation;
}
