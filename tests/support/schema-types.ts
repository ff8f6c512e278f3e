import type { ObjectSchema, PropertySchema, ProviderSchema } from "./heroku-provider-schema";

/** Type that a generated SDK writes for an argument. */
export function inputType(property: PropertySchema): string {
  return `pulumi.Input<${plainType(property, "inputs", (inner) => `pulumi.Input<${inner}>`)}>`;
}

/** Type that a generated SDK writes for a property of a resource. */
export function outputType(property: PropertySchema, required: boolean): string {
  return `pulumi.Output<${plainType(property, "outputs", (inner) => inner)}${required ? "" : " | undefined"}>`;
}

/** Type that a generated SDK writes for a property of a nested object that a resource gives. */
export function nestedOutputType(property: PropertySchema): string {
  return plainType(property, "outputs", (inner) => inner);
}

/** Name of a nested type in `types`: `#/types/heroku:app/AppOrganization:AppOrganization` is `app.AppOrganization`. */
export function nestedName(ref: string): string {
  const [, token = ""] = ref.split("#/types/");
  const [, module = "", name = ""] = token.split(":");
  const namespace = module.split("/")[0];
  return namespace === "index" ? name : `${namespace}.${name}`;
}

/** Nested types that properties are made of. */
export function nestedTypes(properties: Record<string, PropertySchema>): string[] {
  return Object.values(properties).flatMap(({ $ref, items }) => [$ref, items?.$ref].filter((ref) => ref !== undefined));
}

/** The schema of a nested type. */
export function nested(schema: ProviderSchema, ref: string): ObjectSchema {
  const found = schema.types[ref.replace("#/types/", "")];
  if (found === undefined) {
    throw new Error(`the schema refers to ${ref} and has no such type`);
  }
  return found;
}

/** Whether a change of the property, or of a part of it, replaces the resource. */
export function replaces(schema: ProviderSchema, property: PropertySchema): boolean {
  const parts = property.$ref === undefined ? [] : Object.values(nested(schema, property.$ref).properties);
  return property.willReplaceOnChanges === true || parts.some((part) => part.willReplaceOnChanges === true);
}

/** A value of the property's type that is told apart from every other property's by its name. */
export function sample(schema: ProviderSchema, property: PropertySchema, name: string): unknown {
  if (property.$ref !== undefined) {
    const parts = Object.entries(nested(schema, property.$ref).properties);
    return Object.fromEntries(parts.map(([key, part]) => [key, sample(schema, part, `${name}.${key}`)]));
  }
  switch (property.type) {
    case "boolean":
      return true;
    case "integer":
    case "number":
      return name.length;
    case "array":
      return [sample(schema, property.items ?? {}, `${name}[0]`)];
    case "object":
      return { KEY: sample(schema, property.additionalProperties ?? {}, `${name}.KEY`) };
    default:
      return `value of ${name}`;
  }
}

function plainType(property: PropertySchema, namespace: string, wrap: (inner: string) => string): string {
  if (property.$ref !== undefined) {
    return `${namespace}.${nestedName(property.$ref)}`;
  }
  switch (property.type) {
    case "integer":
      return "number";
    case "array":
      return `${wrap(plainType(property.items ?? {}, namespace, wrap))}[]`;
    case "object":
      return `{ [key: string]: ${wrap(plainType(property.additionalProperties ?? {}, namespace, wrap))} }`;
    default:
      return property.type ?? "unknown";
  }
}
