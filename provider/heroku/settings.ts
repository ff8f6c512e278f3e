import type { DataService } from "./addons";
import type { HerokuClient } from "./client";
import { HerokuError, isGone } from "./errors";
import type { Settings, SettingValue } from "./types";
import { waitUntil } from "./wait";

const configPath = {
  "heroku-postgresql": (id: string) => `/postgres/v0/databases/${id}/config`,
  "heroku-redis": (id: string) => `/redis/v0/databases/${id}/config`,
};

/** GET config of an add-on; undefined when it is gone. */
export async function readSettings(
  client: HerokuClient,
  { service }: DataService,
  addonId: string,
): Promise<Settings | undefined> {
  try {
    return await client.json<Settings>("data", "GET", configPath[service](addonId));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * PATCH config of an add-on. Heroku applies a change in the background and refuses the next one until it is done, with
 * 422; that is waited out.
 */
export async function writeSettings(
  client: HerokuClient,
  { service }: DataService,
  addonId: string,
  values: Record<string, SettingValue>,
  timeout: number,
): Promise<void> {
  await waitUntil(client, {
    what: "the previous change of settings to be applied",
    timeout,
    look: async () => {
      try {
        return await client.json<Settings>("data", "PATCH", configPath[service](addonId), { body: values });
      } catch (error) {
        if (isStillApplying(error)) return undefined;
        throw error;
      }
    },
  });
}

/** Heroku's wording is documented nowhere; known is the status, and that the message speaks of a change under way. */
function isStillApplying(error: unknown): boolean {
  const underWay = /still|in progress|previous|pending/i;
  return error instanceof HerokuError && error.status === 422 && underWay.test(error.reason);
}
