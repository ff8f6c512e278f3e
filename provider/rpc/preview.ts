import type { FormerState, KnownInputs, Resource } from "../resources/resource";
import { isObject } from "../schema/check";
import type { ResourceDefinition } from "../schema/definition";
import { isUnknown, notKnownYet, type PropertyValue, type PropertyValues } from "../schema/property";

/** What a preview can say: inputs as given, outputs as the resource foresees them, as they survive an update, or not. */
export async function previewOf<C>(
  resource: Resource<ResourceDefinition, C>,
  inputs: PropertyValues,
  former: FormerState<ResourceDefinition> | undefined,
  context: C,
): Promise<Record<string, PropertyValue | undefined>> {
  const foreseen: Record<string, PropertyValue | undefined> = {
    ...(await resource.preview?.(known(inputs) as KnownInputs<ResourceDefinition>, former, context, inputs)),
  };
  const before: PropertyValues = { ...former };
  const outputs = Object.entries(resource.definition.outputs).map(([name, { stable }]) => {
    // An input that the server chooses when it is left out.
    if (name in inputs) return [name, inputs[name]] as const;
    // One that is foreseen to be undefined will not be there.
    return [name, name in foreseen ? foreseen[name] : ((stable ? before[name] : undefined) ?? notKnownYet)] as const;
  });
  // What begins with "__" says something about the inputs, and is none.
  const given = Object.entries(inputs).filter(([name]) => !name.startsWith("__"));
  return { ...foreseen, ...Object.fromEntries(given), ...Object.fromEntries(outputs) };
}

/** Of a list with a gap nothing is known: the rest would move up. */
function known(values: PropertyValues): PropertyValues {
  const isKnown = (value: PropertyValue): boolean =>
    !isUnknown(value) && !(Array.isArray(value) && value.some(isUnknown));
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => isKnown(value))
      .map(([name, value]) => [name, isObject(value) ? known(value) : value]),
  );
}
