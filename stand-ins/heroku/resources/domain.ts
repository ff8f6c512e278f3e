import type { ResourceDefinition } from "../../../provider/schema/definition";
import type { FormerAttributes } from "../../bridge/type";
import { appPath, type PlatformApi } from "../platform-api";
import { herokuResource, importParts, kept, uuidFault } from "../resource";

const definition = {
  name: "Domain",
  module: "domain/domain",
  description: "A custom domain of an app. Import it by `<app>:<host name>`.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the domain.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    hostname: { type: "string", description: "Host name. Changing it replaces the domain.", replaces: true },
    sniEndpointId: { type: "string", description: "Id of the SSL endpoint that serves it.", optional: true },
  },
  outputs: { cname: { type: "string", description: "Where its DNS record has to point." } },
} as const satisfies ResourceDefinition;

interface CustomDomain {
  id: string;
  app: { id: string };
  cname: string | null;
  hostname: string;
  sni_endpoint: { id: string } | null;
}

export const domain = herokuResource({
  definition,
  schemaVersion: 1,

  async create({ appId, hostname, sniEndpointId }, { heroku, settings }) {
    const made = await heroku.post<CustomDomain>(`${appPath(appId)}/domains`, {
      hostname,
      sni_endpoint: sniEndpointId || null,
    });
    const attributes = await attributesOf(heroku, made, kept(sniEndpointId, undefined));
    await heroku.pause(settings.postDomainCreateDelay);
    return { id: made.id, attributes };
  },

  async read(id, { appId, sniEndpointId }, { heroku }) {
    const found = await heroku.get<CustomDomain>(pathOf(appId ?? "", id));
    return attributesOf(heroku, found, sniEndpointId ?? null);
  },

  async import(id, { heroku }) {
    const found = await heroku.get<CustomDomain>(pathOf(...importParts(id, "<app>:<host name>")));
    return { id: found.id, attributes: await attributesOf(heroku, found, null) };
  },

  async update(id, { appId, sniEndpointId }, former, { heroku }) {
    const changed = await heroku.patch<CustomDomain>(pathOf(appId, id), { sni_endpoint: sniEndpointId ?? null });
    return attributesOf(heroku, changed, kept(sniEndpointId, former.sniEndpointId));
  },

  async delete(id, { appId }, { heroku }) {
    await heroku.delete(pathOf(appId ?? "", id));
  },
});

/** An endpoint that Heroku manages (ACM), or that is missing, leaves the state as it was. */
async function attributesOf(
  heroku: PlatformApi,
  { app, hostname, cname, sni_endpoint }: CustomDomain,
  sniEndpointId: FormerAttributes<typeof definition>["sniEndpointId"],
) {
  const { acm } = await heroku.get<{ acm: boolean }>(appPath(app.id));
  const live = acm ? undefined : sni_endpoint?.id;
  return { appId: app.id, hostname, cname: cname ?? "", sniEndpointId: live ?? sniEndpointId ?? null };
}

const pathOf = (app: string, domain: string) => `${appPath(app)}/domains/${encodeURIComponent(domain)}`;
