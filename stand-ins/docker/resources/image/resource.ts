import type { Operation } from "../../../../provider/heroku/client";
import type { Resource } from "../../../../provider/resources/resource";
import { markedSecret } from "../../../../provider/rpc/property-bag";
import { isObject } from "../../../../provider/schema/check";
import type { InputsOf, StateOf } from "../../../../provider/schema/definition";
import type { Change } from "../../../../provider/schema/diff";
import { isUnknown, type PropertyValue, type PropertyValues, sameValue } from "../../../../provider/schema/property";
import { type ImageOutputs, made } from "./build";
import { completedInputs } from "./check";
import { image as definition } from "./definition";

type Inputs = InputsOf<typeof definition>;

/** Where the official provider keeps the inputs in the state, to compare by. */
const FORMER_INPUTS = "__inputs";

export const image: Resource<typeof definition, Operation> = {
  definition,

  complete: completedInputs,

  compare(state, inputs) {
    const former = state[FORMER_INPUTS];
    return { changes: changesOf(isObject(former) ? former : {}, inputs), deleteBeforeReplace: false };
  },

  async preview(inputs, _former, operation, given) {
    const { imageName, buildOnPreview } = inputs;
    if (!buildOnPreview || imageName === undefined || !isWhole(given.build)) return {};
    return made({ ...inputs, imageName, skipPush: true }, operation);
  },

  async create(inputs, operation) {
    return { id: inputs.imageName, state: stateOf(await made(inputs, operation), inputs) };
  },

  /** The state is what was pushed: what the registry holds now is not compared with it. */
  async read(id, former, _operation, inputs) {
    if (former === undefined || inputs === undefined) return undefined;
    const { [FORMER_INPUTS]: kept, ...outputs }: PropertyValues = { ...former };
    return { id, inputs: inputs as Inputs, state: stateOf(outputs as ImageOutputs, kept) };
  },

  async update(_id, inputs, _former, operation) {
    return stateOf(await made(inputs, operation), inputs);
  },

  async delete() {},
};

/** The official provider's state has the outputs, and the inputs in a secret of their own. */
function stateOf(outputs: ImageOutputs, inputs: PropertyValue | Inputs | undefined): StateOf<typeof definition> {
  const state = { ...outputs, [FORMER_INPUTS]: markedSecret(inputs) };
  return state;
}

function changesOf(before: PropertyValues, after: PropertyValues): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): Change[] => {
    const old = before[name];
    const now = after[name];
    if (sameValue(old, now) || (name === "registry" && !isOtherServer(old, now))) return [];
    const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
    return [{ path: name, kind, replaces: false, ofState: true }];
  });
}

/** Whether a preview knows all that a build takes. */
function isWhole(build: PropertyValue | undefined): boolean {
  return (
    isObject(build) && !Object.values(build).some((value) => isUnknown(value) || (isObject(value) && !isWhole(value)))
  );
}

/** User and password may be new each time. */
function isOtherServer(old: PropertyValue | undefined, now: PropertyValue | undefined): boolean {
  if (!isObject(old) || !isObject(now)) return true;
  return old.server !== undefined && now.server !== undefined && !sameValue(old.server, now.server);
}
