import { HerokuError } from "../../../provider/heroku/errors";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import { appPath } from "../platform-api";
import { herokuResource, uuidFault } from "../resource";

const definition = {
  name: "Drain",
  module: "drain/drain",
  description: "A log drain of an app. Import it by `<app>:<id>`, or by `<app>:<id>:sensitive`.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the drain.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    sensitiveUrl: {
      type: "string",
      description: "Where the log goes, as a secret. Changing it replaces the drain.",
      optional: true,
      replaces: true,
      secret: true,
    },
    url: {
      type: "string",
      description: "Where the log goes. Changing it replaces the drain.",
      optional: true,
      replaces: true,
    },
  },
  outputs: { token: { type: "string", description: "Token that its messages carry." } },
} as const satisfies ResourceDefinition;

interface LogDrain {
  id: string;
  url: string;
  token: string;
}

/** A new app gets its log channel in the background. */
const channelTimeout = 2 * 60_000;

export const drain = herokuResource({
  definition,
  schemaVersion: 1,

  faults: ({ url, sensitiveUrl }): Record<string, string> =>
    url !== undefined && sensitiveUrl !== undefined
      ? { url: "a drain must have one of url and sensitiveUrl, got both; remove one" }
      : {},

  async create({ appId, url, sensitiveUrl }, { heroku }) {
    const made = await heroku.waitFor(`the log channel of app ${appId}`, channelTimeout, async () => {
      try {
        return await heroku.post<LogDrain>(`${appPath(appId)}/log-drains`, { url: sensitiveUrl ?? url ?? "" });
      } catch (error) {
        if (error instanceof HerokuError && /assigned a log channel/.test(error.reason)) return undefined;
        throw error;
      }
    });
    return { id: made.id, attributes: { appId, ...urls(made, sensitiveUrl !== undefined), token: made.token } };
  },

  async read(id, former, { heroku }) {
    const appId = former.appId ?? "";
    const found = await heroku.get<LogDrain>(pathOf(appId, id));
    return { appId, ...urls(found, Boolean(former.sensitiveUrl)), token: found.token };
  },

  async import(id, { heroku }) {
    const [app, drainId, kind] = id.split(":");
    if (!app || !drainId || (kind ?? "sensitive") !== "sensitive") {
      throw new Error(`import id must be <app>:<id> or <app>:<id>:sensitive, got "${id}"`);
    }
    const found = await heroku.get<LogDrain>(pathOf(app, drainId));
    const { id: appId } = await heroku.get<{ id: string }>(appPath(app));
    return { id: found.id, attributes: { appId, ...urls(found, kind === "sensitive"), token: found.token } };
  },

  async delete(id, { appId }, { heroku }) {
    await heroku.delete(pathOf(appId ?? "", id));
  },
});

const urls = ({ url }: LogDrain, isSensitive: boolean) => ({
  url: isSensitive ? null : url,
  sensitiveUrl: isSensitive ? url : null,
});

const pathOf = (app: string, drain: string) => `${appPath(app)}/log-drains/${encodeURIComponent(drain)}`;
