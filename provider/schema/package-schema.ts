import { type Properties, type Property, type ResourceDefinition, tokenOf } from "./definition";

interface PropertySpec {
  type: string;
  description: string;
  items?: { type: string };
  additionalProperties?: { type: string } | { $ref: string };
  default?: unknown;
  secret?: true;
  willReplaceOnChanges?: true;
}

/** The part of Pulumi's package schema that this plugin has use for. */
export interface PackageSchema {
  name: string;
  version: string;
  description: string;
  config: { variables: Record<string, PropertySpec> };
  provider: { description: string; inputProperties: Record<string, PropertySpec> };
  language?: { nodejs: { packageName: string } };
  resources: Record<
    string,
    {
      description: string;
      inputProperties: Record<string, PropertySpec>;
      requiredInputs: string[];
      properties: Record<string, PropertySpec>;
      required: string[];
    }
  >;
}

/** What a package is called, and the npm package of its classes if it has one. */
export interface PackageNames {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly nodePackage?: string;
}

/** The schema that `pulumi package get-schema` shows, made from the definitions. */
export function packageSchema(
  { name, version, description, nodePackage }: PackageNames,
  configuration: Properties,
  resources: readonly ResourceDefinition[],
): PackageSchema {
  return {
    name,
    version,
    description,
    config: { variables: specs(configuration) },
    provider: { description: `Settings of the provider ${name}.`, inputProperties: specs(configuration) },
    ...(nodePackage === undefined ? {} : { language: { nodejs: { packageName: nodePackage } } }),
    resources: Object.fromEntries(
      resources.map((resource) => [
        tokenOf(name, resource),
        {
          description: resource.description,
          inputProperties: specs(resource.inputs),
          requiredInputs: names(resource.inputs, (property) => !property.optional && property.default === undefined),
          properties: specs({ ...resource.inputs, ...resource.outputs }),
          required: names({ ...resource.inputs, ...resource.outputs }, (property) => !property.optional),
        },
      ]),
    ),
  };
}

function names(properties: Properties, wanted: (property: Property) => boolean): string[] {
  return Object.entries(properties).flatMap(([name, property]) => (wanted(property) ? [name] : []));
}

function specs(properties: Properties): Record<string, PropertySpec> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, spec(property)]));
}

function spec(property: Property): PropertySpec {
  return {
    ...typeSpecs[property.type],
    description: property.description,
    ...(property.default === undefined ? {} : { default: property.default }),
    ...(property.secret ? { secret: true } : {}),
    ...(property.replaces ? { willReplaceOnChanges: true } : {}),
  };
}

const typeSpecs: Record<Property["type"], Omit<PropertySpec, "description">> = {
  string: { type: "string" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  stringList: { type: "array", items: { type: "string" } },
  stringMap: { type: "object", additionalProperties: { type: "string" } },
  object: { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } },
  objectMap: { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } },
};
