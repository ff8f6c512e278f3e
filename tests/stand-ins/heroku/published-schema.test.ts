import type { Properties, Property } from "../../../provider/schema/definition";
import { tokenOf } from "../../../provider/schema/definition";
import { providerConfig } from "../../../stand-ins/heroku/configuration";
import { resources } from "../../../stand-ins/heroku/resources";
import {
  type PropertySchema,
  type ProviderSchema,
  type Properties as Published,
  schemaFromFile,
} from "../../support/heroku-provider-schema";
import { resourceClasses } from "../../support/sdk-conformance";

const schema = schemaFromFile();

describe("Definitions of the stand-in for heroku", () => {
  it("are those of the types that the SDK has", () => {
    const tokens = resources.map(({ definition }) => tokenOf("heroku", definition));

    expect(tokens.sort()).toEqual(
      resourceClasses()
        .map(([token]) => token)
        .sort(),
    );
  });

  if (schema === undefined) {
    it.skip("are those that the official provider publishes (skipped: no file heroku-provider-schema.json)", () => {});
    return;
  }

  it.each(resources.map(({ definition }) => [tokenOf("heroku", definition), definition] as const))(
    "%s has the published inputs and outputs",
    (token, { inputs, outputs }) => {
      const published = schema.resources[token];

      expect(typesOf(inputs)).toEqual(publishedTypes(schema, published?.inputProperties ?? {}));
      expect(typesOf({ ...inputs, ...outputs })).toEqual(publishedTypes(schema, published?.properties ?? {}));
      expect(required(inputs)).toEqual([...(published?.requiredInputs ?? [])].sort());
      expect(namesWhere(inputs, ({ replaces }) => replaces === true)).toEqual(
        Object.keys(published?.inputProperties ?? {})
          .filter((name) => published?.inputProperties[name]?.willReplaceOnChanges)
          .sort(),
      );
    },
  );

  it("include the published settings", () => {
    expect(Object.keys(providerConfig).sort()).toEqual(Object.keys(schema.provider.inputProperties).sort());
  });
});

const required = (properties: Properties) => namesWhere(properties, ({ optional }) => optional !== true);

function namesWhere(properties: Properties, wanted: (property: Property) => boolean): string[] {
  return Object.entries(properties)
    .flatMap(([name, property]) => (wanted(property) ? [name] : []))
    .sort();
}

/** `secret string`, `{name: string, locked: boolean}` */
function typesOf(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      property.type === "object" ? typesOf(property.properties) : `${property.secret ? "secret " : ""}${property.type}`,
    ]),
  );
}

function publishedTypes(schema: ProviderSchema, properties: Published): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, publishedType(schema, property)]),
  );
}

function publishedType(schema: ProviderSchema, { $ref, type, secret, additionalProperties }: PropertySchema): unknown {
  const nested = schema.types[$ref?.replace("#/types/", "") ?? ""];
  if (nested) return publishedTypes(schema, nested.properties);
  const kind = type === "array" ? "stringList" : additionalProperties ? "stringMap" : type;
  return `${secret ? "secret " : ""}${kind}`;
}
