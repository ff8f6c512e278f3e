import type { HerokuClient } from "../heroku/client";
import { parseImageReference, readImageId } from "../heroku/registry";
import { waitForRelease } from "../heroku/release-phase";
import { findApp, listFormation, listReleases, releaseImages, removeImage, settledRelease } from "../heroku/releases";
import type { App, Formation, Release } from "../heroku/types";
import { containerRelease as definition } from "../schema/container-release";
import type { InputsOf, StateOf } from "../schema/definition";
import { imagesIn, shortIdOf } from "./live-images";
import { readContainerRelease } from "./read-container-release";
import { failedReleaseMessage, repeatedFailureMessage } from "./release-failure";
import { type Context, type FormerState, InitFailedError, type Resource } from "./resource";

type Inputs = InputsOf<typeof definition>;
type State = StateOf<typeof definition>;
type Former = FormerState<typeof definition>;

/** Heroku ends a release phase after an hour. */
const defaultTimeout = 70 * 60_000;
/** Releases others may make between two of our requests. */
const releasesBetween = 20;

export const containerRelease: Resource<typeof definition> = {
  definition,

  /** A release that failed, or that was not waited for, is due again though nothing else has changed. */
  pending(state) {
    const due = state.status === "failed" || state.status === "pending";
    return due ? [{ path: "status", kind: "drift", replaces: false }] : [];
  },

  async create(inputs, context) {
    const state = await release(inputs, undefined, context);
    return { id: state.appId, state };
  },

  read: (id, former, { client }) => readContainerRelease(client, id, former),

  update: (_id, inputs, former, context) => release(inputs, former, context),

  /** Heroku has no way back from a release, and taking the images away would stop an app that may well stay. */
  async delete() {},
};

async function release(inputs: Inputs, former: Former | undefined, context: Context): Promise<State> {
  const { client, timeout = defaultTimeout } = context;
  const app = await containerApp(client, inputs.app);
  const imageIds = await readImageIds(client, app, inputs.images);
  const before = await settledRelease(client, app, timeout);
  await releaseImages(client, app, imageIds);
  const made = await releaseMade(client, app, before, imageIds);

  const stateSoFar = {
    ...inputs,
    appId: app.id,
    appName: app.name,
    imageIds,
    dockerImages: former?.dockerImages ?? {},
  };
  const failed = (message: string, at: Release) =>
    new InitFailedError(message, app.id, { ...stateSoFar, ...releaseOutputs(at) });
  const { release: ended, output } = await waitForRelease(client, app, made, timeout).catch((error: unknown) => {
    throw failed(error instanceof Error ? error.message : String(error), made);
  });
  if (ended.status === "failed") {
    const releases = await listReleases(client, app, releasesBetween);
    const live = releases.find(({ current }) => current);
    const repeated = before !== undefined && ended.version <= before.version;
    throw failed((repeated ? repeatedFailureMessage : failedReleaseMessage)(app, ended, output, live), ended);
  }

  for (const type of Object.keys(former?.images ?? {})) {
    if (!(type in inputs.images)) await removeImage(client, app, type);
  }
  const formation = await listFormation(client, app);
  return { ...stateSoFar, dockerImages: dockerImagesOf(formation, inputs.images), ...releaseOutputs(ended) };
}

async function containerApp(client: HerokuClient, idOrName: string): Promise<App> {
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
async function readImageIds(client: HerokuClient, app: App, images: Inputs["images"]): Promise<Record<string, string>> {
  const read = await Promise.allSettled(
    Object.entries(images).map(async ([type, reference]): Promise<[string, string]> => {
      const image = parseImageReference(reference);
      if (!image || (image.app !== app.name && image.app !== app.id)) {
        throw new Error(
          `image of process type "${type}" must be in a repository of app "${app.name}", got "${reference}"; ` +
            `push it as <registry>/${app.name}/${type}`,
        );
      }
      return [type, await readImageId(client, image)];
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

/**
 * The release that carries our images: a new one, or, when Heroku made none because nothing changed, the last that
 * deployed them. Others may release at the same time, so the images in the description count before the order.
 */
async function releaseMade(
  client: HerokuClient,
  app: App,
  before: Release | undefined,
  imageIds: Record<string, string>,
): Promise<Release> {
  const releases = await listReleases(client, app, releasesBetween);
  const shortIds = Object.values(imageIds).map(shortIdOf);
  const carriesOurs = (release: Release) => [...imagesIn(release).values()].some((id) => shortIds.includes(id));
  const newer = releases.filter(({ version }) => version > (before?.version ?? 0));
  const made =
    newer.find(carriesOurs) ??
    newer.filter(({ description }) => description.startsWith("Deployed")).at(-1) ??
    releases.find(carriesOurs) ??
    releases.find(({ current }) => current);
  if (made) return made;
  throw new Error(
    `app "${app.name}" has no release of the images, got ${releases.length} others; see \`heroku releases\``,
  );
}

function releaseOutputs(release: Release) {
  return {
    releaseId: release.id,
    version: release.version,
    status: release.status,
    description: release.description,
    createdAt: release.created_at,
  };
}

/** Heroku's ids of the images in service, of the types that are ours. */
function dockerImagesOf(formation: readonly Formation[], images: Inputs["images"]): Record<string, string> {
  return Object.fromEntries(
    formation.flatMap(({ type, docker_image }) => (type in images && docker_image ? [[type, docker_image.id]] : [])),
  );
}
