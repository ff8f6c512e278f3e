import type { HerokuClient } from "../../heroku/client";
import { lastLogLines } from "../../heroku/dynos";
import { removeImage } from "../../heroku/releases";
import type { App, Release } from "../../heroku/types";
import { awaitDynos } from "./dynos";
import type { Images } from "./images";
import { lastOutput, liveNow } from "./messages";
import { currentRelease, type Deployment, releaseNow } from "./release";
import { UnhealthyError } from "./unhealthy";

const logLinesShown = 20;

/** The last deployment that was healthy. */
export interface LastGood extends Deployment {
  version: number;
}

/** How a release that is not well ends: what was wrong, the log, and what runs now. */
export interface Aftermath {
  message: string;
  /** The images from before run again. */
  isPutBack: boolean;
}

/** Releases the last good images again after a release that is not well, and tells all of it. */
export async function putBack(
  client: HerokuClient,
  app: App,
  unwell: { release: Release; imageIds: Images; error: UnhealthyError },
  lastGood: LastGood | undefined,
  timeout: number,
): Promise<Aftermath> {
  const { dyno } = unwell.error;
  const log = await lastLogLines(client, app, logLinesShown, dyno);
  const told = [
    unwell.error.message,
    ...(log.length > 0
      ? [`last lines of ${dyno === undefined ? "its" : `${dyno}'s`} log:`, ...log.map((line) => `    ${line}`)]
      : []),
  ];
  if (!lastGood) {
    told.push(`there is no other image to go back to: v${unwell.release.version} stays live`);
    return { message: told.join("\n"), isPutBack: false };
  }
  client.operation.progress(
    `v${unwell.release.version} is not well: releasing the images of v${lastGood.version} again`,
  );
  const { release, output, repeated } = await releaseNow(client, app, lastGood, timeout);
  if (release.status === "failed") {
    told.push(`v${release.version}, which was to put the images of v${lastGood.version} back, failed too`);
    told.push(...lastOutput(output), liveNow(await currentRelease(client, app)));
    return { message: told.join("\n"), isPutBack: false };
  }
  for (const type of Object.keys(unwell.imageIds)) {
    if (!(type in lastGood.imageIds)) await removeImage(client, app, type);
  }
  told.push(
    repeated
      ? `the former scale is back, and v${release.version} is live`
      : `v${release.version} has put the images of v${lastGood.version} back: they are live now`,
  );
  try {
    await awaitDynos(client, app, release, lastGood.imageIds, timeout);
  } catch (error) {
    if (!(error instanceof UnhealthyError)) throw error;
    told.push(error.message);
  }
  return { message: told.join("\n"), isPutBack: true };
}
