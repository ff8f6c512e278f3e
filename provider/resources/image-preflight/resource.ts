import { preflight } from "../../docker/preflight";
import type { InputsOf, StateOf } from "../../schema/definition";
import type { Context, Resource } from "../resource";
import { imagePreflight as definition } from "./definition";

type Inputs = InputsOf<typeof definition>;
type State = StateOf<typeof definition>;

/** Nothing of it outlives the operation: what the state holds is that the image passed, and which one it was. */
export const imagePreflight: Resource<typeof definition> = {
  definition,

  async preview(inputs, _former, context) {
    return inputs.onPreview && isWhole(inputs) ? tried(inputs, context) : {};
  },

  async create(inputs, context) {
    return { id: `${inputs.processType}-image`, state: await tried(inputs, context) };
  },

  async read(id, former) {
    const { imageId, sizeMb, checkedContext } = former ?? {};
    if (former === undefined || imageId === undefined || sizeMb === undefined || checkedContext === undefined) {
      return undefined;
    }
    const inputs = Object.fromEntries(Object.keys(definition.inputs).map((name) => [name, Object(former)[name]]));
    return { id, inputs: inputs as Inputs, state: { ...former, imageId, sizeMb, checkedContext } };
  },

  update: (_id, inputs, _former, context) => tried(inputs, context),

  async delete() {},
};

/** Whether a preview knows all that it takes. */
function isWhole(inputs: Partial<Inputs>): inputs is Inputs {
  return Object.entries(definition.inputs).every(([name, input]) => "optional" in input || name in inputs);
}

async function tried(inputs: Inputs, { client }: Context): Promise<State> {
  const { imageId, sizeMb } = await preflight(inputs, client.operation);
  return { ...inputs, imageId, sizeMb, checkedContext: inputs.context };
}
