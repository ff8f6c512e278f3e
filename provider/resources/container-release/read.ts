import type { HerokuClient } from "../../heroku/client";
import { findApp, listFormation, listReleases } from "../../heroku/releases";
import type { App, Formation, Release } from "../../heroku/types";
import { readLatest } from "../../registry/manifest";
import type { InputsOf, StateOf } from "../../schema/definition";
import type { FormerState, Live } from "../resource";
import { containerRelease as definition } from "./definition";
import { type LiveImage, liveImages, shortIdOf } from "./live-images";

type Definition = typeof definition;
type State = StateOf<Definition>;
type Former = FormerState<Definition>;

/** Deployments older than this many releases are told from others by Heroku's image ids alone. */
const releasesRead = 100;

/** What runs, put as the inputs that would have brought it about. */
export async function readContainerRelease(
  client: HerokuClient,
  id: string,
  former: Former | undefined,
): Promise<Live<Definition> | undefined> {
  const app = await findApp(client, former?.appId ?? id);
  if (!app) return undefined;
  const [formation, releases] = await Promise.all([
    listFormation(client, app),
    listReleases(client, app, releasesRead),
  ]);
  const current = releases.find((release) => release.current);
  const live = liveImages(releases, formation);
  const found = former ? compare(former, live, current) : await adopt(client, app, live);
  if (!found) return undefined;
  const inputs = {
    ...checks(former),
    app: former?.app ?? app.name,
    images: found.images,
    ...scales(former, formation),
  };
  const ours = releases.find((release) => release.id === former?.releaseId);
  const shown = found.changed || !former ? current : (ours ?? former);
  const { history = [] } = former ?? {};
  const outputs = { appId: app.id, appName: app.name, ...found.outputs, history, ...outputsOf(shown, former) };
  const state: State = { ...inputs, ...outputs };
  return { id: app.id, inputs, state };
}

/** Heroku does not know how a release is checked: that stays as the state has it, or else at its defaults. */
function checks(former: Partial<Former> = {}): Omit<InputsOf<Definition>, "app" | "images" | "formation"> {
  const { app: _app, images: _images, formation: _formation, ...others } = definition.inputs;
  const kept = Object.entries(others).flatMap(([name, property]) => {
    const value = Object(former)[name] ?? ("default" in property ? property.default : undefined);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept) as Omit<InputsOf<Definition>, "app" | "images" | "formation">;
}

/** The scale of each process type that has one declared; on import, of all. */
function scales(former: Former | undefined, formation: readonly Formation[]): Pick<InputsOf<Definition>, "formation"> {
  if (former && !former.formation) return {};
  const found = formation.flatMap(({ type, size, quantity }) => {
    const declared = former?.formation?.[type];
    if (former ? !declared : type === "release") return [];
    // Heroku writes sizes its own way.
    const isSameSize = declared?.size.toLowerCase() === size.toLowerCase();
    return [[type, { size: isSameSize ? declared.size : size, quantity }] as const];
  });
  return { formation: Object.fromEntries(found) };
}

interface Found {
  images: Record<string, string>;
  outputs: { imageIds: Record<string, string>; dockerImages: Record<string, string> };
  /** Something else than what was declared runs. */
  changed: boolean;
}

/** Holds the declared images against those that run. An image released by hand has no reference, so it is described. */
function compare(former: Former, live: Map<string, LiveImage>, current: Release | undefined): Found {
  const found: Found = { images: {}, outputs: { imageIds: {}, dockerImages: {} }, changed: false };
  for (const [type, reference] of Object.entries(former.images)) {
    const recorded = { imageId: former.imageIds?.[type], dockerImage: former.dockerImages?.[type] };
    const listed = live.get(type) ?? {};
    // A process type that was in the formation and is no longer was taken out of service.
    const image = recorded.dockerImage ? { dockerImage: null, ...listed } : listed;
    if (image.dockerImage) found.outputs.dockerImages[type] = image.dockerImage;
    if (isDeclared(image, recorded)) {
      found.images[type] = reference;
      if (recorded.imageId) found.outputs.imageIds[type] = recorded.imageId;
      continue;
    }
    found.changed = true;
    if (image.dockerImage === null || (!image.dockerImage && !image.shortId)) continue;
    found.images[type] = described(image, current);
    if (image.shortId) found.outputs.imageIds[type] = image.shortId;
  }
  return found;
}

function described({ shortId }: LiveImage, current: Release | undefined): string {
  const image = shortId ? `image ${shortId}` : "another image";
  if (!current) return image;
  const known = shortId !== undefined && current.description.includes(shortId);
  return `${image}, live in v${current.version}${known ? "" : ` (${current.description})`}`;
}

/** The short id of the image decides where it is known; Heroku's own id of the image where it is not. */
function isDeclared(image: LiveImage, recorded: { imageId?: string; dockerImage?: string }): boolean {
  if (image.dockerImage === null || !recorded.imageId) return false;
  if (image.shortId) return image.shortId === shortIdOf(recorded.imageId);
  // Neither account names a type such as "release" that has no dynos: nothing speaks against it.
  return recorded.dockerImage === image.dockerImage;
}

/** For an import: the images last pushed, provided that they are those that run. */
async function adopt(client: HerokuClient, app: App, live: Map<string, LiveImage>): Promise<Found | undefined> {
  const found: Found = { images: {}, outputs: { imageIds: {}, dockerImages: {} }, changed: false };
  const host = new URL(client.settings.registryUrl).host;
  for (const [type, image] of live) {
    // The type "release" has no dynos, so the formation need not list it.
    if (!image.dockerImage && type !== "release") continue;
    const latest = await readLatest(client, { app: app.name, processType: type });
    if (!latest || (image.shortId && image.shortId !== shortIdOf(latest.imageId))) {
      throw new Error(
        `app "${app.name}" runs an image of "${type}" that is not the last one pushed, got ${image.shortId ?? "none"}; ` +
          "push and release it again, then import",
      );
    }
    found.images[type] = `${host}/${app.name}/${type}@${latest.digest}`;
    found.outputs.imageIds[type] = latest.imageId;
    if (image.dockerImage) found.outputs.dockerImages[type] = image.dockerImage;
  }
  return Object.keys(found.images).length > 0 ? found : undefined;
}

/** Outputs about the release, from what Heroku lists or, for one that has dropped off the list, from the state. */
function outputsOf(release: Release | Former | undefined, former: Former | undefined) {
  if (release && "id" in release) {
    const { id: releaseId, version, description, created_at: createdAt } = release;
    // Heroku does not know that a release that succeeded is not well.
    const isUnhealthy = former?.releaseId === releaseId && former.status === "unhealthy";
    return { releaseId, version, status: isUnhealthy ? "unhealthy" : release.status, description, createdAt };
  }
  return {
    releaseId: former?.releaseId ?? "",
    version: former?.version ?? 0,
    status: former?.status ?? "",
    description: former?.description ?? "",
    createdAt: former?.createdAt ?? "",
  };
}
