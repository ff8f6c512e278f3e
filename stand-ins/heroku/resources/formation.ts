import type { InputsOf, ResourceDefinition } from "../../../provider/schema/definition";
import { appPath, type PlatformApi } from "../platform-api";
import { herokuResource, importParts, uuidFault } from "../resource";

const definition = {
  name: "Formation",
  module: "formation/formation",
  description:
    "Number and size of the dynos of a process type. Deleting it leaves them as they are. Import it by `<app>:<type>`.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the formation.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    quantity: { type: "integer", description: "Number of dynos." },
    size: { type: "string", description: 'Size of the dynos, e.g. "basic".' },
    type: { type: "string", description: 'Process type, e.g. "web".' },
  },
  outputs: {},
} as const satisfies ResourceDefinition;

interface ProcessType {
  id: string;
  app: { id: string };
  quantity: number;
  size: string;
  type: string;
}

export const formation = herokuResource({
  definition,
  schemaVersion: 1,
  forms: { size: herokuSize },

  async create(inputs, { heroku }) {
    const scaled = await scale(heroku, inputs);
    return { id: scaled.id, attributes: attributesOf(scaled) };
  },

  async read(id, { appId }, { heroku }) {
    return attributesOf(await heroku.get<ProcessType>(pathOf(appId ?? "", id)));
  },

  async import(id, { heroku }) {
    const [app, type] = importParts(id, "<app>:<process type>");
    const found = await heroku.get<ProcessType>(pathOf(app, type));
    return { id: found.id, attributes: attributesOf(found) };
  },

  async update(_id, inputs, _former, { heroku }) {
    return attributesOf(await scale(heroku, inputs));
  },

  /** Heroku has no way to delete one. */
  async delete() {},
});

function scale(
  heroku: PlatformApi,
  { appId, type, quantity, size }: InputsOf<typeof definition>,
): Promise<ProcessType> {
  return heroku.patch<ProcessType>(pathOf(appId, type), { quantity, size });
}

function attributesOf({ app, type, quantity, size }: ProcessType) {
  return { appId: app.id, type, quantity, size };
}

const pathOf = (app: string, type: string) => `${appPath(app)}/formation/${encodeURIComponent(type)}`;

/** `standard-1x` -> `Standard-1X`, as Heroku spells it. */
function herokuSize(size: string): string {
  const [first = "", ...rest] = size.split("-");
  return [first.replace(/^./, (letter) => letter.toUpperCase()), ...rest.map((part) => part.toUpperCase())].join("-");
}
