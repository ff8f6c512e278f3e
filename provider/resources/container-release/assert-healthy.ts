import { HerokuClient } from "../../heroku/client";
import type { App, Formation, Release } from "../../heroku/types";
import type { InputsOf } from "../../schema/definition";
import type { containerRelease } from "./definition";
import { assertStayUp, awaitDynos } from "./dynos";
import { awaitHealth } from "./health";
import type { Images } from "./images";

type Inputs = InputsOf<typeof containerRelease>;

/**
 * Waits until every dyno of the release's process types is up and, with a health path, the web dynos are healthy; dynos without
 * a health route have to stay up for a while. Returns the formation that runs it.
 * @throws UnhealthyError
 */
export async function assertHealthy(
  client: HerokuClient,
  app: App,
  release: Release,
  imageIds: Images,
  inputs: Inputs,
): Promise<Formation[]> {
  const timeout = inputs.healthTimeout * 1_000;
  const { dynos, formation } = await awaitDynos(client, app, release, imageIds, timeout);
  // Heroku's router answers for an app in maintenance.
  const isRequested = inputs.healthPath !== undefined && !app.maintenance;
  const requested = dynos.filter(({ type }) => isRequested && type === "web");
  const watched = dynos.filter((dyno) => !requested.includes(dyno));
  const stop = new AbortController();
  const { settings, runtime, operation } = client;
  const signal = AbortSignal.any([operation.signal, stop.signal]);
  const stoppable = new HerokuClient(settings, runtime, { ...operation, signal });
  const checks = [assertStayUp(stoppable, app, watched, inputs.settleTime * 1_000)];
  if (requested.length > 0) checks.push(awaitHealth(stoppable, app, release, requested, gateOf(inputs, timeout)));
  try {
    await Promise.all(checks);
  } finally {
    // The first failure decides; the other check must not go on while the release is taken back.
    stop.abort();
    await Promise.allSettled(checks);
  }
  return formation;
}

function gateOf(inputs: Inputs, timeout: number) {
  return {
    path: inputs.healthPath ?? "/",
    pages: inputs.healthPages,
    status: inputs.healthStatus,
    text: inputs.healthText,
    headers: inputs.healthHeaders,
    webSocketPath: inputs.webSocketPath,
    interval: inputs.healthInterval * 1_000,
    timeout,
    threshold: inputs.healthThreshold,
  };
}
