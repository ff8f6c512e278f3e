import type { Comparison } from "../../../provider/resources/resource";
import { markedSecret } from "../../../provider/rpc/property-bag";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import { diffInputs } from "../../../provider/schema/diff";
import { notKnownYet, type PropertyValues } from "../../../provider/schema/property";
import { completed, type TextInputs, textInputs } from "./text";

/** What the official provider writes beside the values, by which it knows its own state again. */
export interface Bookkeeping {
  id: string;
  schemaVersion: number;
}

/** A state as the official provider writes it. */
export function stateOf<S extends TextInputs>(values: S, { id, schemaVersion }: Bookkeeping): S {
  return {
    ...values,
    ...completed(values),
    id,
    __meta: JSON.stringify({ schema_version: `${schemaVersion}` }),
    __pulumi_raw_state_delta: rawStateDelta(values),
  };
}

/** The state that a preview of a new text can tell of: all but the text. */
export function foreseen(inputs: PropertyValues) {
  return { ...completed(inputs), id: notKnownYet };
}

/** What sets the state apart from Terraform's: there, a value left out is null, and a map is no object. */
function rawStateDelta({ keepers, overrideSpecial }: TextInputs) {
  const absent = markedSecret({ replace: { raw: null } });
  const parts = {
    keepers: keepers === undefined ? absent : { map: {} },
    ...(overrideSpecial === undefined ? { overrideSpecial: absent } : {}),
  };
  return { obj: { ps: parts } };
}

/**
 * Compares inputs with the state, where inputs that were left out stand by their defaults: to give one its default, or to
 * leave it out again, is no change.
 */
export const comparison =
  (definition: ResourceDefinition) =>
  (state: PropertyValues, inputs: PropertyValues): Comparison => ({
    changes: diffInputs(definition, {}, completed(state), completed(inputs)).map((change) => ({
      ...change,
      // An empty list of special characters means the usual ones, as none does.
      replaces: !(change.path === "overrideSpecial" && change.kind === "delete" && state.overrideSpecial === ""),
    })),
    deleteBeforeReplace: false,
    shownByInputs: true,
  });

/** The inputs that a program has to give for a text that is imported. */
export function importedInputs(text: string): TextInputs {
  return {
    length: Buffer.byteLength(text),
    lower: true,
    upper: true,
    numeric: true,
    number: true,
    special: true,
  };
}

/** The inputs of a text that is in the state, as the last check left them. */
export function formerInputsOf(state: TextInputs, inputs: PropertyValues = {}): TextInputs {
  const given = Object.entries(state).filter(([name]) => name in textInputs && name in inputs);
  return { length: state.length, ...Object.fromEntries(given) };
}
