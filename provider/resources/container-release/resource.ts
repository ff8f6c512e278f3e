import { removeImage } from "../../heroku/releases";
import type { App, Formation, Release } from "../../heroku/types";
import type { InputsOf, StateOf } from "../../schema/definition";
import { type Context, type FormerState, InitFailedError, type Resource } from "../resource";
import { assertHealthy } from "./assert-healthy";
import { containerRelease as definition } from "./definition";
import { recordRelease, warnOfMovedDatabase } from "./history";
import { containerApp, readImageIds } from "./images";
import { failedReleaseMessage, repeatedFailureMessage } from "./messages";
import { readContainerRelease } from "./read";
import { currentRelease, NotWaitedForError, releaseNow } from "./release";
import { type LastGood, putBack } from "./rollback";
import { UnhealthyError } from "./unhealthy";

type Inputs = InputsOf<typeof definition>;
type State = StateOf<typeof definition>;
type Former = FormerState<typeof definition>;

/** Statuses that trigger a new release even though no input changed. */
const due = new Set(["failed", "pending", "unhealthy"]);

export const containerRelease: Resource<typeof definition> = {
  definition,

  pending: ({ status = "" }) => (due.has(status) ? [{ path: "status", kind: "drift", replaces: false }] : []),

  async preview({ images }, former, { client }) {
    if (images && former) await warnOfMovedDatabase(client, images, former.history);
    return {};
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
  const { client, timeout = inputs.releaseTimeout * 1_000 } = context;
  const app = await containerApp(client, inputs.app);
  const imageIds = await readImageIds(client, app, inputs.images, inputs.testedImageIds);
  await warnOfMovedDatabase(client, inputs.images, former?.history);
  const stateSoFar = {
    ...inputs,
    appId: app.id,
    appName: app.name,
    imageIds,
    dockerImages: former?.dockerImages ?? {},
    history: former?.history ?? [],
  };
  const kept = (message: string, at: Release, status: string = at.status) =>
    new InitFailedError(message, app.id, { ...stateSoFar, ...releaseOutputs(at), status });

  const released = await releaseNow(client, app, { imageIds, formation: inputs.formation }, timeout).catch(
    (error: unknown) => {
      throw error instanceof NotWaitedForError ? kept(error.message, error.release) : error;
    },
  );
  const { release: ended } = released;
  if (ended.status === "failed") {
    const tell = released.repeated ? repeatedFailureMessage : failedReleaseMessage;
    throw kept(tell(app, released, await currentRelease(client, app)), ended);
  }
  for (const type of Object.keys(former?.images ?? {})) {
    if (!(type in inputs.images)) await removeImage(client, app, type);
  }
  let formation: Formation[];
  try {
    formation = await assertHealthy(client, app, ended, imageIds, inputs);
  } catch (error) {
    if (!(error instanceof UnhealthyError))
      throw kept(error instanceof Error ? error.message : String(error), ended, "unhealthy");
    const unwell = { release: ended, imageIds, error };
    const { message, isPutBack } = await putBack(
      client,
      app,
      unwell,
      lastGood(app, former, imageIds, inputs.formation),
      timeout,
    );
    throw isPutBack ? new Error(message) : kept(message, ended, "unhealthy");
  }
  const history = await recordRelease(client, inputs.images, ended, former?.history);
  return { ...stateSoFar, dockerImages: dockerImagesOf(formation, inputs.images), history, ...releaseOutputs(ended) };
}

/** The last healthy deployment in the state, if it is complete and differs from the unhealthy one. */
function lastGood(
  app: App,
  former: Former | undefined,
  imageIds: Record<string, string>,
  formation: Inputs["formation"],
): LastGood | undefined {
  const { appId, imageIds: images = {}, status, version = 0 } = former ?? {};
  const entries = Object.entries(images);
  // After a change by hand the state has only the first digits of an image.
  const isKnown = entries.length > 0 && entries.every(([, id]) => /^sha256:[0-9a-f]{64}$/.test(id));
  if (appId !== app.id || status !== "succeeded" || !isKnown) return undefined;
  const isSame = entries.every(([type, id]) => imageIds[type] === id) && sameScale(former?.formation, formation);
  return isSame ? undefined : { version, imageIds: images, formation: former?.formation };
}

/** A deployment from before scales were declared has none to go back to. */
function sameScale(before: Inputs["formation"] = {}, now: Inputs["formation"] = {}): boolean {
  return Object.entries(before).every(([type, { size, quantity }]) => {
    const scale = now[type];
    return scale === undefined || (scale.quantity === quantity && scale.size.toLowerCase() === size.toLowerCase());
  });
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
