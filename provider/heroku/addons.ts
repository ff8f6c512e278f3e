import type { HerokuClient } from "./client";
import type { Addon } from "./types";
import { waitUntil } from "./wait-until";

/** A Heroku data service this provider manages something of. */
export interface DataService {
  /** Heroku's name of the add-on service. */
  service: "heroku-postgresql" | "heroku-redis";
  title: "Heroku Postgres" | "Heroku Key-Value Store";
}

export const postgresService: DataService = { service: "heroku-postgresql", title: "Heroku Postgres" };
export const redisService: DataService = { service: "heroku-redis", title: "Heroku Key-Value Store" };

/** GET /addons/{id or name}, refused when it belongs to another service. */
export async function getAddon(client: HerokuClient, idOrName: string, wanted: DataService): Promise<Addon> {
  const addon = await client.json<Addon>("api", "GET", `/addons/${encodeURIComponent(idOrName)}`);
  if (!addon.plan.name.startsWith(`${wanted.service}:`)) {
    throw new Error(
      `add-on "${idOrName}" is not ${wanted.title}, got ${addon.plan.name}; ` +
        `name an add-on of the service ${wanted.service}`,
    );
  }
  return addon;
}

/** The add-on once it is provisioned. Heroku Postgres takes up to about five minutes. */
export async function getProvisionedAddon(
  client: HerokuClient,
  idOrName: string,
  wanted: DataService,
  timeout: number,
): Promise<Addon> {
  return waitUntil(client, {
    what: `add-on "${idOrName}" to be provisioned`,
    timeout,
    look: async () => {
      const addon = await getAddon(client, idOrName, wanted);
      if (addon.state === "provisioned") return addon;
      if (addon.state === "provisioning") return undefined;
      throw new Error(`add-on "${idOrName}" is being removed, got state ${addon.state}; create another one`);
    },
  });
}
