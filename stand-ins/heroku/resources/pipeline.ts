import type { ResourceDefinition } from "../../../provider/schema/definition";
import { herokuResource, uuidFault } from "../resource";

const definition = {
  name: "Pipeline",
  module: "pipeline/pipeline",
  description: "A pipeline of apps. Import it by its id.",
  inputs: {
    name: {
      type: "string",
      description: "Its name.",
      optional: true,
      fault: (value) =>
        /^[a-z][a-z0-9-]{2,29}$/.test(value)
          ? undefined
          : `pipeline name must be 3 to 30 small letters, digits and "-", a letter first, got "${value}"`,
    },
    owner: {
      type: "object",
      description: "Who owns it.",
      optional: true,
      properties: {
        id: {
          type: "string",
          description: "Id of the account or team. Changing it replaces the pipeline.",
          replaces: true,
          fault: uuidFault("owner.id"),
        },
        type: {
          type: "string",
          description: '"user" or "team". Changing it replaces the pipeline.',
          replaces: true,
          values: ["team", "user"],
        },
      },
    },
  },
  outputs: {
    name: { type: "string", description: "Its name." },
    owner: {
      type: "object",
      description: "Who owns it.",
      properties: {
        id: { type: "string", description: "Id of the account or team." },
        type: { type: "string", description: '"user" or "team".' },
      },
    },
  },
} as const satisfies ResourceDefinition;

interface HerokuPipeline {
  id: string;
  name: string;
  owner: { id: string; type: string };
}

export const pipeline = herokuResource({
  definition,

  async create({ name, owner }, { heroku }) {
    const { id, type } = owner ?? { id: (await heroku.get<{ id: string }>("/account")).id, type: "user" };
    const made = await heroku.post<HerokuPipeline>("/pipelines", { name, owner: { id, type } });
    return { id: made.id, attributes: attributesOf(made) };
  },

  async read(id, _former, { heroku }) {
    return attributesOf(await heroku.get<HerokuPipeline>(pathOf(id)));
  },

  async import(idOrName, { heroku }) {
    const found = await heroku.get<HerokuPipeline>(pathOf(idOrName));
    return { id: found.id, attributes: attributesOf(found) };
  },

  async update(id, { name }, _former, { heroku }) {
    return attributesOf(await heroku.patch<HerokuPipeline>(pathOf(id), { name }));
  },

  async delete(id, _former, { heroku }) {
    await heroku.delete(pathOf(id));
  },
});

function attributesOf({ name, owner }: HerokuPipeline) {
  return { name, owner: { id: owner.id, type: owner.type } };
}

const pathOf = (id: string) => `/pipelines/${encodeURIComponent(id)}`;
