import type { ReleaseOutcome } from "../../heroku/release-phase";
import type { App, Release } from "../../heroku/types";
import { duration } from "../../heroku/wait";

/** What the user is told of a release that failed: why, and what runs meanwhile. */
export function failedReleaseMessage(app: App, outcome: ReleaseOutcome, live: Release | undefined): string {
  const { release, output, stoppedAfter } = outcome;
  const hung =
    stoppedAfter !== undefined && `a release phase that ran longer than ${duration(stoppedAfter)} and was stopped`;
  return [
    `release v${release.version} of app "${app.name}" must succeed, got ${hung || 'status "failed"'}; ` +
      `correct what its release phase reports${hung ? ", or set a longer releaseTimeout," : ""} and run \`pulumi up\` again`,
    ...lastOutput(output),
    liveNow(live),
  ].join("\n");
}

/** The same for images that failed before, which Heroku did not release again. */
export function repeatedFailureMessage(app: App, outcome: ReleaseOutcome, live: Release | undefined): string {
  const { release, output } = outcome;
  return [
    `images of app "${app.name}" must be released, got none made: Heroku does not repeat v${release.version}, which ` +
      "failed with the same images; build another image, and run `pulumi up` again",
    ...lastOutput(output),
    liveNow(live),
  ].join("\n");
}

export function lastOutput(output: string[]): string[] {
  // Heroku can stream the output only from images that contain curl.
  if (output.length === 0) return ["its release phase gave no output (Heroku reads it by curl inside the image)"];
  return ["last output of its release phase:", ...output.map((line) => `    ${line}`)];
}

export function liveNow(live: Release | undefined): string {
  return live ? `live now is v${live.version} (${live.description})` : "nothing is live now";
}
