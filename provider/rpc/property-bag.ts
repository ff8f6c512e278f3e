import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../schema/definition";
import { notKnownYet, type PropertyValue, type PropertyValues } from "../schema/property";

// Pulumi's protocol marks special values by these constants.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const unknownMarker = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Plain values from the engine's. The plugin asks for secrets unwrapped and lets the engine mark the same inputs and
 * outputs secret again; only its configuration comes wrapped in any case.
 */
export function decodeProperties(bag: Struct | undefined): PropertyValues {
  const values: PropertyValues = {};
  bag?.getFieldsMap().forEach((value, key) => {
    values[key] = decode(value);
  });
  return values;
}

/** The engine's values from plain ones. What `properties` says is secret is marked so; undefined ones are left out. */
export function encodeProperties(values: Record<string, unknown>, properties: Properties = {}): Struct {
  const bag = new Struct();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
    const encoded = encode(value, property?.type === "object" ? property.properties : undefined);
    bag.getFieldsMap().set(key, property?.secret ? secretValue(encoded) : encoded);
  }
  return bag;
}

function decode(value: Value): PropertyValue {
  switch (value.getKindCase()) {
    case Value.KindCase.STRING_VALUE:
      return value.getStringValue() === unknownMarker ? notKnownYet : value.getStringValue();
    case Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case Value.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map(decode);
    case Value.KindCase.STRUCT_VALUE:
      return decodeObject(decodeProperties(value.getStructValue()));
    default:
      return null;
  }
}

function decodeObject(object: PropertyValues): PropertyValue {
  const signature = object[signatureKey];
  if (signature === undefined) return object;
  if (signature === secretSignature) return object.value ?? null;
  throw new Error("an asset, archive or resource cannot be an input here, got one; give a string");
}

function encode(value: unknown, properties?: Properties): Value {
  if (value === notKnownYet) return new Value().setStringValue(unknownMarker);
  if (Array.isArray(value)) {
    const list = Value.fromJavaScript([]);
    list.getListValue()?.setValuesList(value.map((item) => encode(item)));
    return list;
  }
  if (typeof value === "object" && value !== null) {
    return new Value().setStructValue(encodeProperties({ ...value }, properties));
  }
  if (typeof value === "string") return new Value().setStringValue(value);
  if (typeof value === "number") return new Value().setNumberValue(value);
  if (typeof value === "boolean") return new Value().setBoolValue(value);
  return Value.fromJavaScript(null);
}

/** A value that is secret where no definition says so. */
export const markedSecret = (value: unknown) => ({ [signatureKey]: secretSignature, value });

function secretValue(value: Value): Value {
  const wrapped = encodeProperties({ [signatureKey]: secretSignature });
  wrapped.getFieldsMap().set("value", value);
  return new Value().setStructValue(wrapped);
}
