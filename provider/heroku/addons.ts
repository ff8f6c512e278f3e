import type { HerokuClient } from "./client";
import { isGone } from "./errors";
import type { Addon, WaitStatus } from "./types";
import { waitUntil } from "./wait";

/** A Heroku data service this provider manages something of. */
export interface DataService {
  /** Heroku's name of the add-on service. */
  service: "heroku-postgresql" | "heroku-redis";
  title: "Heroku Postgres" | "Heroku Key-Value Store";
}

export const postgresService: DataService = { service: "heroku-postgresql", title: "Heroku Postgres" };
export const redisService: DataService = { service: "heroku-redis", title: "Heroku Key-Value Store" };

const waitPath = {
  "heroku-postgresql": (id: string) => `/client/v11/databases/${id}/wait_status`,
  "heroku-redis": (id: string) => `/redis/v0/databases/${id}/wait`,
};

/** GET /addons/{id or name}, refused when it belongs to another service; undefined when there is none. */
export async function findAddon(
  client: HerokuClient,
  idOrName: string,
  wanted: DataService,
): Promise<Addon | undefined> {
  try {
    return await getAddon(client, idOrName, wanted);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * The add-on, once it is provisioned and its service takes requests. Heroku Postgres takes up to about five minutes;
 * the routes of a data service answer 404 for its first moments.
 */
export async function readyAddon(
  client: HerokuClient,
  idOrName: string,
  wanted: DataService,
  timeout: number,
): Promise<Addon> {
  const addon = await waitUntil(client, {
    what: `add-on "${idOrName}" to be provisioned`,
    timeout,
    look: async () => {
      const found = await getAddon(client, idOrName, wanted);
      if (found.state === "provisioned") return found;
      if (found.state === "provisioning") return undefined;
      throw new Error(`add-on "${idOrName}" is being removed, got state ${found.state}; create another one`);
    },
  });
  await waitUntil(client, {
    what: `${wanted.title} "${addon.name}" to be ready`,
    timeout,
    look: async () => ((await isReady(client, addon, wanted)) ? addon : undefined),
  });
  return addon;
}

async function getAddon(client: HerokuClient, idOrName: string, wanted: DataService): Promise<Addon> {
  const addon = await client.json<Addon>("api", "GET", `/addons/${encodeURIComponent(idOrName)}`);
  if (addon.plan.name.startsWith(`${wanted.service}:`)) return addon;
  throw new Error(
    `add-on "${idOrName}" is not ${wanted.title}, got ${addon.plan.name}; name an add-on of ${wanted.service}`,
  );
}

async function isReady(client: HerokuClient, addon: Addon, { service, title }: DataService): Promise<boolean> {
  try {
    const status = await client.json<WaitStatus>("data", "GET", waitPath[service](addon.id));
    if (!status["error?"]) return !status["waiting?"];
    throw new Error(`${title} "${addon.name}" cannot be used, got "${status.message}"; see status.heroku.com`);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
