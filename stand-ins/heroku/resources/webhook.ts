import type { ResourceDefinition } from "../../../provider/schema/definition";
import { appPath } from "../platform-api";
import { herokuResource, importParts, kept } from "../resource";

const definition = {
  name: "Webhook",
  module: "app/webhook",
  description: "A URL that Heroku calls when something happens to an app. Import it by `<app>:<id>`.",
  inputs: {
    appId: { type: "string", description: "Id of the app. Changing it replaces the webhook.", replaces: true },
    authorization: {
      type: "string",
      description: "Authorization header of its requests.",
      optional: true,
      secret: true,
    },
    includes: { type: "stringList", description: 'What it is called for, e.g. ["api:release"].' },
    level: { type: "string", description: '"notify" or "sync".', values: ["notify", "sync"] },
    secret: { type: "string", description: "Key that signs its requests.", optional: true, secret: true },
    url: { type: "string", description: "The URL." },
  },
  outputs: {},
} as const satisfies ResourceDefinition;

interface AppWebhook {
  id: string;
  app: { id: string };
  include: string[];
  level: string;
  url: string;
}

const includable = [
  "api:addon-attachment",
  "api:addon",
  "api:app",
  "api:build",
  "api:collaborator",
  "api:domain",
  "api:dyno",
  "api:formation",
  "api:release",
  "api:sni-endpoint",
];

export const webhook = herokuResource({
  definition,

  faults({ includes }): Record<string, string> {
    if (!Array.isArray(includes)) return {};
    const strays = includes.filter((name) => typeof name === "string" && !includable.includes(name.toLowerCase()));
    if (includes.length > 0 && strays.length === 0) return {};
    return {
      includes: `includes must be some of ${includable.join(", ")}, got ${strays.join(", ") || "an empty list"}`,
    };
  },

  async create({ appId, includes, level, url, secret, authorization }, { heroku }) {
    const body = { include: includes, level, url, secret, authorization };
    const made = await heroku.post<AppWebhook>(`${appPath(appId)}/webhooks`, body);
    return { id: made.id, attributes: attributesOf(made, appId, secret || null, authorization || null) };
  },

  async read(id, former, { heroku }) {
    const appId = former.appId ?? "";
    const found = await heroku.get<AppWebhook>(pathOf(appId, id));
    return attributesOf(found, appId, former.secret ?? null, former.authorization ?? null);
  },

  async import(id, { heroku }) {
    const found = await heroku.get<AppWebhook>(pathOf(...importParts(id, "<app>:<id>")));
    return { id: found.id, attributes: attributesOf(found, found.app.id, null, null) };
  },

  async update(id, { appId, includes, level, url, secret, authorization }, former, { heroku }) {
    const body = { include: includes, level, url, secret, authorization };
    const changed = await heroku.patch<AppWebhook>(pathOf(appId, id), body);
    return attributesOf(changed, appId, kept(secret, former.secret), kept(authorization, former.authorization));
  },

  async delete(id, { appId }, { heroku }) {
    await heroku.delete(pathOf(appId ?? "", id));
  },
});

/** Heroku returns neither the secret nor the header. */
function attributesOf(
  { include, level, url }: AppWebhook,
  appId: string,
  secret: string | null,
  authorization: string | null,
) {
  return { appId, authorization, includes: include, level, secret, url };
}

const pathOf = (app: string, id: string) => `${appPath(app)}/webhooks/${encodeURIComponent(id)}`;
