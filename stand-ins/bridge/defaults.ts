import { createHash } from "node:crypto";
import type { CheckSubject } from "../../provider/resources/resource";
import { isObject } from "../../provider/schema/check";
import type { Property, ResourceDefinition } from "../../provider/schema/definition";
import type { PropertyValue, PropertyValues } from "../../provider/schema/property";

/** The bridge notes beside the inputs, in every object, which of them the program left out. */
export const defaultsKey = "__defaults";

/** Fills in what the program left out: a name, and Terraform's defaults. What was filled in before stays. */
export function completed(
  definition: ResourceDefinition,
  defaults: object,
  given: PropertyValues,
  subject: CheckSubject,
): PropertyValues {
  const inputs = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, noted(definition.inputs[name], value)]),
  );
  const fallbacks: PropertyValues = { ...defaults };
  if (definition.inputs.name !== undefined) fallbacks.name = uniqueName(subject);
  const left = Object.keys(fallbacks).filter((name) => given[name] === undefined);
  for (const name of left) {
    // A name stays even when the program gave it before.
    const former = name === "name" ? subject.former?.name : formerDefault(name, subject.former);
    const value = former ?? fallbacks[name];
    if (value !== undefined) inputs[name] = value;
  }
  return { ...inputs, [defaultsKey]: left.sort() };
}

/** Objects have a note of their own; maps have none. */
function noted(property: Property | undefined, value: PropertyValue): PropertyValue {
  return property?.type === "object" && isObject(value) ? { ...value, [defaultsKey]: [] } : value;
}

function formerDefault(name: string, former: PropertyValues | undefined): PropertyValue | undefined {
  const wasLeftOut = former?.[defaultsKey];
  return wasLeftOut === undefined || (Array.isArray(wasLeftOut) && wasLeftOut.includes(name))
    ? former?.[name]
    : undefined;
}

/** `<resource's name>-<7 hex digits>`, the same in a preview and in the `up` that follows it. */
function uniqueName({ name, seed }: CheckSubject): string {
  const source = seed.length > 0 ? seed : crypto.getRandomValues(new Uint8Array(32));
  return `${name}-${createHash("sha256").update(source).update(name).digest("hex").slice(0, 7)}`;
}
