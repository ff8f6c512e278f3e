import type { ResourceDefinition } from "../../../provider/schema/definition";
import { appPath } from "../platform-api";
import { herokuResource, importParts, uuidFault } from "../resource";

const definition = {
  name: "Collaborator",
  module: "collaborator/collaborator",
  description: "A person who may deploy an app. Import it by `<app>:<e-mail>`.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the collaborator.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    email: {
      type: "string",
      description: "E-mail address of the account. Changing it replaces the collaborator.",
      replaces: true,
    },
  },
  outputs: {},
} as const satisfies ResourceDefinition;

interface AppCollaborator {
  id: string;
  app: { id: string };
  user: { email: string };
}

export const collaborator = herokuResource({
  definition,
  schemaVersion: 1,

  async create({ appId, email }, { heroku }) {
    const body = { user: email, silent: true };
    const made = await heroku.post<AppCollaborator>(`${appPath(appId)}/collaborators`, body);
    return { id: made.id, attributes: attributesOf(made) };
  },

  async read(id, { appId }, { heroku }) {
    return attributesOf(await heroku.get<AppCollaborator>(pathOf(appId ?? "", id)));
  },

  async import(id, { heroku }) {
    const found = await heroku.get<AppCollaborator>(pathOf(...importParts(id, "<app>:<e-mail>")));
    return { id: found.id, attributes: attributesOf(found) };
  },

  async delete(id, { appId, email }, { heroku }) {
    await heroku.delete(pathOf(appId ?? "", email ?? id));
  },
});

function attributesOf({ app, user }: AppCollaborator) {
  return { appId: app.id, email: user.email };
}

const pathOf = (app: string, person: string) => `${appPath(app)}/collaborators/${encodeURIComponent(person)}`;
