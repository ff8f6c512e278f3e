import type { Resource } from "../../provider/resources/resource";
import type { InputsOf, ResourceDefinition, StateOf } from "../../provider/schema/definition";
import type { PropertyValue, PropertyValues } from "../../provider/schema/property";
import { compareWithState } from "./compare";
import { completed } from "./defaults";
import { importedInputs, refreshedInputs } from "./inputs";
import { withSecretEntries } from "./secret-entries";
import type { Attributes, BridgedType, FormerAttributes, Found } from "./type";

/** Makes a resource whose inputs and state have the form that Pulumi's Terraform bridge gives them. */
export function bridged<D extends ResourceDefinition, C>(type: BridgedType<D, C>): Resource<D, C> {
  const { definition, schemaVersion = 0 } = type;
  const properties = { ...definition.inputs, ...definition.outputs };
  const stateOf = ({ id, attributes }: Found<D>, meta: PropertyValue | undefined) => {
    const marked = withSecretEntries(properties, { ...attributes });
    return { ...marked, id, ...(meta === undefined ? {} : { __meta: meta }) } as unknown as StateOf<D>;
  };
  const live = (id: string, inputs: PropertyValues, state: StateOf<D>) => {
    return { id, inputs: withSecretEntries(definition.inputs, inputs) as InputsOf<D>, state };
  };
  const version = JSON.stringify({ schema_version: `${schemaVersion}` });
  const ofCreation = schemaVersion > 0 ? version : undefined;
  const metaOf = (former: PropertyValues) => former.__meta ?? ofCreation;

  return {
    definition,

    async complete(inputs, subject) {
      const all = completed(definition, type.defaults ?? {}, inputs, subject);
      const faults = Object.entries(type.faults?.(all as Partial<InputsOf<D>>) ?? {});
      return {
        inputs: withSecretEntries(definition.inputs, all),
        failures: faults.map(([property, reason]) => ({ property, reason })),
      };
    },

    compare: (state, inputs) => compareWithState(definition, type.forms ?? {}, state, inputs),

    /** Like Terraform, an update foresees that outputs keep their values. */
    preview: async (_inputs, former) => ({ ...former }) as Partial<StateOf<D>>,

    async create(given, context) {
      const { inputs, generated } = split<D>(given);
      return made(await type.create(inputs, context, generated));
    },

    async read(id, former, context, formerInputs) {
      if (former === undefined || formerInputs === undefined) {
        const found = await type.import(id, context);
        if (found === undefined) return undefined;
        const state = stateOf(found, version);
        return live(found.id, importedInputs(definition, type.defaults ?? {}, { ...found.attributes }), state);
      }
      const attributes = await type.read(id, formerOf<D>(former), context);
      if (attributes === undefined) return undefined;
      const state = stateOf({ id, attributes }, metaOf({ ...former }));
      return live(id, refreshedInputs(formerInputs, { ...attributes }, new Set(Object.keys(type.forms ?? {}))), state);
    },

    async update(id, given, former, context) {
      const { inputs } = split<D>(given);
      // The engine updates what an interrupted creation left, even where every change replaces the resource.
      const attributes = await (type.update?.(id, inputs, formerOf<D>(former), context) ??
        type.read(id, formerOf<D>(former), context));
      if (attributes === undefined) throw new Error(`${definition.name} ${id} cannot be updated, got none`);
      return stateOf({ id, attributes }, metaOf({ ...former }));
    },

    delete: (id, former, context) => type.delete(id, formerOf<D>(former), context),
  };

  function made(found: Found<D>) {
    return { id: found.id, state: stateOf(found, ofCreation) };
  }
}

/** Inputs as the program gave them, and the names of those that it left out. */
function split<D extends ResourceDefinition>(given: object): { inputs: InputsOf<D>; generated: string[] } {
  const entries = Object.entries(given).filter(([name]) => name !== "__defaults");
  const generated: unknown = Object.entries(given).find(([name]) => name === "__defaults")?.[1];
  return {
    inputs: Object.fromEntries(entries) as InputsOf<D>,
    generated: Array.isArray(generated) ? generated.map(String) : [],
  };
}

function formerOf<D extends ResourceDefinition>(former: object): FormerAttributes<D> {
  return former as FormerAttributes<D>;
}

export type { Attributes, FormerAttributes, Found };
