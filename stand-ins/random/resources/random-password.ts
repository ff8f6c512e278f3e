import { genSalt, hash } from "bcryptjs";
import type { Resource } from "../../../provider/resources/resource";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import { comparison, foreseen, formerInputsOf, importedInputs, stateOf } from "./state";
import { jointFaults, randomText, textInputs } from "./text";

const definition = {
  name: "RandomPassword",
  module: "index/randomPassword",
  description: "A random text that is a secret, made once and kept in the encrypted state. Import it by the text.",
  inputs: textInputs,
  outputs: {
    result: { type: "string", description: "The text.", secret: true, stable: true },
    bcryptHash: { type: "string", description: "A bcrypt hash of the text.", secret: true, stable: true },
  },
} as const satisfies ResourceDefinition;

const bookkeeping = { id: "none", schemaVersion: 3 };

export const randomPassword: Resource<typeof definition, undefined> = {
  definition,

  async complete(inputs) {
    return { inputs, failures: jointFaults(inputs) };
  },

  compare: comparison(definition),

  preview: async (_inputs, _former, _context, given) => foreseen(given),

  async create(inputs) {
    const result = randomText(inputs);
    return { id: bookkeeping.id, state: stateOf({ ...inputs, ...(await secrets(result)) }, bookkeeping) };
  },

  async read(id, former, _context, formerInputs) {
    const inputs = former ? formerInputsOf(former, formerInputs) : importedInputs(id);
    const values = { ...(former ?? inputs), ...(await secrets(former?.result ?? id, former?.bcryptHash)) };
    return { id: bookkeeping.id, inputs, state: stateOf(values, bookkeeping) };
  },

  async update(_id, inputs, former) {
    return stateOf({ ...inputs, ...(await secrets(former.result ?? "", former.bcryptHash)) }, bookkeeping);
  },

  async delete() {},
};

const COST = 10;

async function secrets(result: string, known?: string) {
  // The official provider writes the older of two names that mean the same algorithm.
  const salt = async () => (await genSalt(COST)).replace("$2b$", "$2a$");
  return { result, bcryptHash: known ?? (await hash(result, await salt())) };
}
