import type { ResourceDefinition } from "../../../provider/schema/definition";
import { appPath, type PlatformApi } from "../platform-api";
import { herokuResource, importParts, uuidFault } from "../resource";

const definition = {
  name: "Feature",
  module: "app/feature",
  description: "A feature of an app, on or off. Import it by `<app id>:<feature>`.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the feature.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    enabled: { type: "boolean", description: "Whether it is on. On when left out.", optional: true },
    name: {
      type: "string",
      description: 'Its name, e.g. "preboot". Changing it replaces the feature.',
      optional: true,
      replaces: true,
    },
  },
  outputs: { name: { type: "string", description: "Its name." } },
} as const satisfies ResourceDefinition;

interface AppFeature {
  id: string;
  name: string;
  enabled: boolean;
}

export const feature = herokuResource({
  definition,
  schemaVersion: 1,
  defaults: { enabled: true },

  async create({ appId, name = "", enabled = true }, { heroku }) {
    const made = await set(heroku, appId, name, enabled);
    return { id: `${appId}:${made.id}`, attributes: { appId, name: made.name, enabled: made.enabled } };
  },

  read: (id, _former, { heroku }) => attributesOf(heroku, id),

  async import(id, { heroku }) {
    return { id, attributes: await attributesOf(heroku, id) };
  },

  async update(id, { enabled = true }, former, { heroku }) {
    const [appId, name] = parts(id);
    if (enabled !== former.enabled) await set(heroku, appId, name, enabled);
    return attributesOf(heroku, id);
  },

  async delete(id, _former, { heroku }) {
    const [appId, name] = parts(id);
    await set(heroku, appId, name, false);
  },
});

const parts = (id: string) => importParts(id, "<app id>:<feature>");

async function attributesOf(heroku: PlatformApi, id: string) {
  const [appId, feature] = parts(id);
  const { name, enabled } = await heroku.get<AppFeature>(pathOf(appId, feature));
  return { appId, name, enabled };
}

function set(heroku: PlatformApi, appId: string, name: string, enabled: boolean): Promise<AppFeature> {
  return heroku.patch<AppFeature>(pathOf(appId, name), { enabled });
}

const pathOf = (appId: string, feature: string) => `${appPath(appId)}/features/${encodeURIComponent(feature)}`;
