import type { ResourceDefinition } from "../../../provider/schema/definition";
import { appPath } from "../platform-api";
import { herokuResource, importParts, kept, uuidFault } from "../resource";

const definition = {
  name: "Ssl",
  module: "ssl/ssl",
  description: "A certificate of an app. Import it by `<app>:<id or name>`; its key cannot be read.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the certificate.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    certificateChain: { type: "string", description: "Certificate with those that signed it, in PEM." },
    privateKey: { type: "string", description: "Its key, in PEM.", optional: true, secret: true },
  },
  outputs: { name: { type: "string", description: "Its name." } },
} as const satisfies ResourceDefinition;

interface SniEndpoint {
  id: string;
  app: { id: string };
  certificate_chain: string;
  name: string;
}

export const ssl = herokuResource({
  definition,

  async create({ appId, certificateChain, privateKey = "" }, { heroku }) {
    const body = { certificate_chain: certificateChain, private_key: privateKey };
    const made = await heroku.post<SniEndpoint>(`${appPath(appId)}/sni-endpoints`, body);
    return { id: made.id, attributes: attributesOf(made, privateKey || null) };
  },

  async read(id, { appId, privateKey }, { heroku }) {
    return attributesOf(await heroku.get<SniEndpoint>(pathOf(appId ?? "", id)), privateKey ?? null);
  },

  async import(id, { heroku }) {
    const found = await heroku.get<SniEndpoint>(pathOf(...importParts(id, "<app>:<id or name>")));
    return { id: found.id, attributes: attributesOf(found, null) };
  },

  async update(id, { appId, certificateChain, privateKey }, former, { heroku }) {
    const body = { certificate_chain: certificateChain, private_key: privateKey ?? "" };
    const changed = await heroku.patch<SniEndpoint>(pathOf(appId, id), body);
    return attributesOf(changed, kept(privateKey, former.privateKey));
  },

  async delete(id, { appId }, { heroku }) {
    await heroku.delete(pathOf(appId ?? "", id));
  },
});

function attributesOf({ app, certificate_chain, name }: SniEndpoint, privateKey: string | null) {
  return { appId: app.id, certificateChain: certificate_chain, name, privateKey };
}

const pathOf = (app: string, id: string) => `${appPath(app)}/sni-endpoints/${encodeURIComponent(id)}`;
