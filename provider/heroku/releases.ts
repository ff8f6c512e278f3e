import type { HerokuClient } from "./client";
import { isGone } from "./errors";
import type { App, Formation, Release } from "./types";

/** The variant of the API that releases images and shows which ones run. */
const dockerReleases = { accept: "application/vnd.heroku+json; version=3.docker-releases" };

const appPath = (app: string) => `/apps/${encodeURIComponent(app)}`;

/** GET /apps/{id or name}; undefined when there is none. */
export async function findApp(client: HerokuClient, app: string): Promise<App | undefined> {
  try {
    return await client.json<App>("api", "GET", appPath(app));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The newest releases, newest first. */
export async function listReleases(client: HerokuClient, app: App, count: number): Promise<Release[]> {
  const headers = { range: `version ..; max=${count}, order=desc` };
  return client.json<Release[]>("api", "GET", `${appPath(app.id)}/releases`, { headers });
}

export async function getRelease(client: HerokuClient, app: App, id: string): Promise<Release> {
  return client.json<Release>("api", "GET", `${appPath(app.id)}/releases/${id}`);
}

/** Which image runs for each process type. */
export async function listFormation(client: HerokuClient, app: App): Promise<Formation[]> {
  return client.json<Formation[]>("api", "GET", `${appPath(app.id)}/formation`, { headers: dockerReleases });
}

/** How many dynos of which size run a process type. */
export interface Scale {
  size: string;
  quantity: number;
}

/**
 * Releases images of several process types at once, and scales those that have a scale. The same images again make no release, so
 * it may be repeated.
 */
export async function releaseImages(
  client: HerokuClient,
  app: App,
  imageIds: Readonly<Record<string, string>>,
  formation: Readonly<Record<string, Scale>> = {},
): Promise<void> {
  const updates = Object.entries(imageIds).map(([type, imageId]) => {
    const scale = formation[type];
    const dynos = scale === undefined ? {} : { quantity: scale.quantity, dyno_size: { name: scale.size } };
    return { type, docker_image: imageId, ...dynos };
  });
  await client.json("api", "PATCH", `${appPath(app.id)}/formation`, { headers: dockerReleases, body: { updates } });
}

/** Takes a process type out of service. */
export async function removeImage(client: HerokuClient, app: App, type: string): Promise<void> {
  try {
    const path = `${appPath(app.id)}/formation/${encodeURIComponent(type)}`;
    await client.json("api", "PATCH", path, { headers: dockerReleases, body: { docker_image: null } });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
