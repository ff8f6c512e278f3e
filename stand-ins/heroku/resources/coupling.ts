import type { ResourceDefinition } from "../../../provider/schema/definition";
import { herokuResource, uuidFault } from "../resource";

const definition = {
  name: "Coupling",
  module: "pipeline/coupling",
  description: "An app's place in a pipeline. Import it by its id.",
  inputs: {
    appId: {
      type: "string",
      description: "Id of the app. Changing it replaces the coupling.",
      replaces: true,
      fault: uuidFault("appId"),
    },
    pipeline: {
      type: "string",
      description: "Id of the pipeline. Changing it replaces the coupling.",
      replaces: true,
      fault: uuidFault("pipeline"),
    },
    stage: {
      type: "string",
      description: "Stage of the app. Changing it replaces the coupling.",
      replaces: true,
      values: ["review", "development", "staging", "production"],
    },
  },
  outputs: {},
} as const satisfies ResourceDefinition;

interface PipelineCoupling {
  id: string;
  app: { id: string };
  pipeline: { id: string };
  stage: string;
}

export const coupling = herokuResource({
  definition,
  schemaVersion: 1,

  async create({ appId, pipeline, stage }, { heroku }) {
    const made = await heroku.post<PipelineCoupling>("/pipeline-couplings", { app: appId, pipeline, stage });
    return { id: made.id, attributes: attributesOf(made) };
  },

  async read(id, _former, { heroku }) {
    return attributesOf(await heroku.get<PipelineCoupling>(pathOf(id)));
  },

  async import(id, { heroku }) {
    return { id, attributes: attributesOf(await heroku.get<PipelineCoupling>(pathOf(id))) };
  },

  async delete(id, _former, { heroku }) {
    await heroku.delete(pathOf(id));
  },
});

function attributesOf({ app, pipeline, stage }: PipelineCoupling) {
  return { appId: app.id, pipeline: pipeline.id, stage };
}

const pathOf = (id: string) => `/pipeline-couplings/${encodeURIComponent(id)}`;
