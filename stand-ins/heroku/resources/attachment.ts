import type { ResourceDefinition } from "../../../provider/schema/definition";
import { herokuResource, uuidFault } from "../resource";

const definition = {
  name: "Attachment",
  module: "addon/attachment",
  description: "An add-on attached to a further app. Import it by its id.",
  inputs: {
    addonId: { type: "string", description: "Id of the add-on. Changing it replaces the attachment.", replaces: true },
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the attachment.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    name: {
      type: "string",
      description: 'Its name, e.g. "OTHER_DB". Changing it replaces the attachment.',
      optional: true,
      replaces: true,
    },
    namespace: {
      type: "string",
      description: "Which of the add-on's credentials it uses. Changing it replaces the attachment.",
      optional: true,
      replaces: true,
    },
  },
  outputs: {
    name: { type: "string", description: "Its name." },
    namespace: { type: "string", description: "Which of the add-on's credentials it uses." },
  },
} as const satisfies ResourceDefinition;

interface AddOnAttachment {
  id: string;
  addon: { id: string };
  app: { id: string };
  name: string;
  namespace: string | null;
}

export const attachment = herokuResource({
  definition,
  schemaVersion: 1,

  async create({ addonId, appId, name, namespace }, { heroku }) {
    const body = { addon: addonId, app: appId, name, namespace: namespace || undefined };
    const made = await heroku.post<AddOnAttachment>("/addon-attachments", body);
    return { id: made.id, attributes: attributesOf(made) };
  },

  async read(id, _former, { heroku }) {
    return attributesOf(await heroku.get<AddOnAttachment>(pathOf(id)));
  },

  async import(id, { heroku }) {
    const fault = uuidFault("import id")(id);
    if (fault !== undefined) throw new Error(fault);
    return { id, attributes: attributesOf(await heroku.get<AddOnAttachment>(pathOf(id))) };
  },

  async delete(id, _former, { heroku }) {
    await heroku.delete(pathOf(id));
  },
});

function attributesOf({ addon, app, name, namespace }: AddOnAttachment) {
  return { addonId: addon.id, appId: app.id, name, namespace: namespace ?? "" };
}

const pathOf = (id: string) => `/addon-attachments/${encodeURIComponent(id)}`;
