import { markedSecret } from "../../provider/rpc/property-bag";
import { isObject } from "../../provider/schema/check";
import type { Properties } from "../../provider/schema/definition";

/** To the bridge, each entry of a secret map is secret as well as the map. */
export function withSecretEntries<T extends object>(properties: Properties, values: T): T {
  const marked = Object.entries(values).map(([name, value]) => {
    const { type, secret } = (Object.hasOwn(properties, name) ? properties[name] : undefined) ?? {};
    const entries = type === "stringMap" && secret && isObject(value) ? Object.entries(value) : undefined;
    return [name, entries ? Object.fromEntries(entries.map(([key, entry]) => [key, markedSecret(entry)])) : value];
  });
  return Object.fromEntries(marked) as T;
}
