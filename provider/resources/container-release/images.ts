import { parseImageReference } from "../../../validation/image-reference";
import type { HerokuClient } from "../../heroku/client";
import { findApp } from "../../heroku/releases";
import type { App } from "../../heroku/types";
import { readImageId } from "../../registry/manifest";

/** Image of each process type, by reference or by id. */
export type Images = Readonly<Record<string, string>>;

/** The app to release to, which has to be on the container stack. */
export async function containerApp(client: HerokuClient, idOrName: string): Promise<App> {
  const app = await findApp(client, idOrName);
  if (!app) {
    throw new Error(`app to release to does not exist, got "${idOrName}"; create it first or correct "app"`);
  }
  const stack = app.build_stack.name;
  if (stack === "container") return app;
  throw new Error(
    `app "${app.name}" must be on the stack "container", got "${stack}"; set the app's stack to "container"`,
  );
}

/** Reads the image ids of all references, and reports all that cannot be used. */
export async function readImageIds(
  client: HerokuClient,
  app: App,
  images: Images,
  tested: Images = {},
): Promise<Record<string, string>> {
  const read = await Promise.allSettled(
    Object.entries(images).map(async ([type, reference]): Promise<[string, string]> => {
      const image = parseImageReference(reference);
      if (!image || (image.app !== app.name && image.app !== app.id)) {
        throw new Error(
          `image of process type "${type}" must be in a repository of app "${app.name}", got "${reference}"; ` +
            `push it as <registry>/${app.name}/${type}`,
        );
      }
      const imageId = await readImageId(client, image);
      if ((tested[type] ?? imageId) !== imageId) {
        throw new Error(
          `image of process type "${type}" must be the one that was tested, ${tested[type]}, got ${imageId} in the ` +
            "registry; somebody may have pushed meanwhile: run `pulumi up` again",
        );
      }
      return [type, imageId];
    }),
  );
  const faults = read.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  if (faults.length === 1) throw faults[0];
  if (faults.length > 1) {
    const reasons = faults.map((fault) => (fault instanceof Error ? fault.message : String(fault)));
    throw new AggregateError(faults, `${faults.length} images cannot be released:\n- ${reasons.join("\n- ")}`);
  }
  return Object.fromEntries(read.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])));
}
