import { preflight } from "../../docker/preflight/preflight";
import type { InputsOf, StateOf } from "../../schema/definition";
import type { Context, Resource } from "../resource";
import { appPreflight as definition } from "./definition";

type Inputs = InputsOf<typeof definition>;
type State = StateOf<typeof definition>;

/** Nothing of it outlives the operation: the state only says that the images passed, and which ones they were. */
export const appPreflight: Resource<typeof definition> = {
  definition,

  async preview(inputs, _former, context) {
    return inputs.onPreview && isComplete(inputs) ? passed(inputs, context) : {};
  },

  async create(inputs, context) {
    return { id: "preflight", state: await passed(inputs, context) };
  },

  async read(id, former) {
    const { imageIds, sizes } = former ?? {};
    if (former === undefined || imageIds === undefined || sizes === undefined) return undefined;
    const inputs = Object.fromEntries(Object.keys(definition.inputs).map((name) => [name, Object(former)[name]]));
    return { id, inputs: inputs as Inputs, state: { ...former, imageIds, sizes } };
  },

  update: (_id, inputs, _former, context) => passed(inputs, context),

  async delete() {},
};

/** Whether a preview knows every input. */
function isComplete(inputs: Partial<Inputs>): inputs is Inputs {
  return Object.entries(definition.inputs).every(([name, input]) => "optional" in input || name in inputs);
}

async function passed(inputs: Inputs, { client }: Context): Promise<State> {
  const { images, environment, placeholders, postgres, redis, sizeLimit, releaseCheck, skip } = inputs;
  const order = {
    ...{ images, environment, placeholders, sizeLimit, releaseCheck, skip },
    services: { postgres, redis },
    health: {
      path: inputs.healthPath,
      status: inputs.healthStatus,
      text: inputs.healthText,
      headers: inputs.healthHeaders,
    },
    settleTime: inputs.settleTime * 1_000,
  };
  const built = Object.entries(await preflight(order, client.operation));
  return {
    ...inputs,
    imageIds: Object.fromEntries(built.map(([type, { imageId }]) => [type, imageId])),
    sizes: Object.fromEntries(built.map(([type, { sizeMb }]) => [type, `${sizeMb} MB`])),
  };
}
