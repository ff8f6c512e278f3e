import type { Resource } from "../../../provider/resources/resource";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import { comparison, foreseen, formerInputsOf, importedInputs, stateOf } from "./state";
import { jointFaults, randomText, textInputs } from "./text";

const definition = {
  name: "RandomString",
  module: "index/randomString",
  description: "A random text, made once and kept in the state. Import it by the text.",
  inputs: textInputs,
  outputs: { result: { type: "string", description: "The text.", stable: true } },
} as const satisfies ResourceDefinition;

const bookkeeping = (result: string) => ({ id: result, schemaVersion: 2 });

export const randomString: Resource<typeof definition, undefined> = {
  definition,

  async complete(inputs) {
    return { inputs, failures: jointFaults(inputs) };
  },

  compare: comparison(definition),

  preview: async (_inputs, _former, _context, given) => foreseen(given),

  async create(inputs) {
    const result = randomText(inputs);
    return { id: result, state: stateOf({ ...inputs, result }, bookkeeping(result)) };
  },

  async read(id, former, _context, formerInputs) {
    const result = former?.result ?? id;
    const inputs = former ? formerInputsOf(former, formerInputs) : importedInputs(id);
    return { id: result, inputs, state: stateOf({ ...(former ?? inputs), result }, bookkeeping(result)) };
  },

  async update(id, inputs, former) {
    const result = former.result ?? id;
    return stateOf({ ...inputs, result }, bookkeeping(result));
  },

  async delete() {},
};
