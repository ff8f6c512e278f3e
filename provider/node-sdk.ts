import { providerConfig } from "./configuration-definition";
import { definitions } from "./resources";
import { type Properties, type Property, type ResourceDefinition, tokenOf } from "./schema/definition";

/** Width that Biome formats code to. */
const WIDTH = 120;

const HEADER = "// Generated from the definitions in provider/ by `npm run generate`. Change those instead.";

/** The generated files of sdks/heroku-native by name: a class for each resource, and the provider. */
export function nodeSdk(): Record<string, string> {
  const resources = definitions.map((definition) => [kebab(definition.name), resourceFile(definition)] as const);
  const modules = [...resources.map(([name]) => name), "provider"].sort();
  const index = [HEADER, ...modules.map((name) => `export * from "./${name}";`), ""].join("\n");
  return {
    ...Object.fromEntries(resources.map(([name, text]) => [`${name}.ts`, text])),
    "provider.ts": providerFile(),
    "index.ts": index,
  };
}

function resourceFile(definition: ResourceDefinition): string {
  const { name, description, inputs, outputs } = definition;
  const properties = { ...inputs, ...outputs };
  return `${HEADER}
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

${argumentTypes(name, inputs)}
${list("const properties = ", Object.keys(properties))}

${doc([description], "")}
export class ${name} extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "${tokenOf("heroku-native", definition)}";

${outputLines(name, properties)}

  constructor(name: string, args: ${name}Args, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: ${name}Args | undefined, opts?: pulumi.CustomResourceOptions) {
    super(${name}.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ${name} {
    return new ${name}(name, undefined, { ...opts, id });
  }

  /** Whether an object is a ${name}, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is ${name} {
    return hasType(obj, ${name}.__pulumiType);
  }
}
`;
}

function providerFile(): string {
  const inputs: Properties = providerConfig;
  const values = Object.entries(inputs).map(([name, { secret }]) =>
    secret ? `${name}: args.${name} === undefined ? undefined : pulumi.secret(args.${name})` : `${name}: args.${name}`,
  );
  return `${HEADER}
import * as pulumi from "@pulumi/pulumi";
import { hasType } from "./registration";

${argumentTypes("Provider", inputs)}
/** An instance of the plugin with a connection of its own. Pass it to resources as the option \`provider\`. */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native";

${outputLines("Provider", inputs)}

  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const inputs = {
${values.map((value) => `      ${value},`).join("\n")}
    };
    super(Provider.__pulumiType, name, inputs, opts);
  }

  /** Whether an object is a Provider, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Provider {
    return hasType(obj, \`pulumi:providers:\${Provider.__pulumiType}\`);
  }
}
`;
}

/** The interface of a resource's arguments, and before it those of objects among them. */
function argumentTypes(name: string, inputs: Properties): string {
  const nested = Object.entries(inputs).flatMap(([key, property]) => {
    if (property.type !== "object" && property.type !== "objectMap") return [];
    const entry = nestedName(name, key);
    const plain = Object.entries(property.properties).map(
      ([inner, value]) => `  ${inner}${value.optional ? "?" : ""}: ${plainType(entry, inner, value)};`,
    );
    return [
      argumentTypes(entry, property.properties),
      `/** ${entry}Args as outputs have them. */\nexport interface ${entry} {\n${plain.join("\n")}\n}\n`,
    ];
  });
  const members = Object.entries(inputs).map(([key, property]) => {
    const { description, default: standard } = property;
    const isOptional = property.optional === true || standard !== undefined;
    const note = standard === undefined ? [] : [`@default ${JSON.stringify(standard)}`];
    return `${doc([description, ...note], "  ")}\n  ${key}${isOptional ? "?" : ""}: ${inputType(name, key, property)};`;
  });
  const own = `/** Arguments of {@link ${name}}. */\nexport interface ${name}Args {\n${members.join("\n")}\n}\n`;
  return [...nested, own].join("\n");
}

function outputLines(name: string, properties: Properties): string {
  const lines = Object.entries(properties).map(([key, property]) => {
    const type = plainType(name, key, property) + (property.optional ? " | undefined" : "");
    return `${doc([property.description], "  ")}\n  declare readonly ${key}: pulumi.Output<${type}>;`;
  });
  return lines.join("\n");
}

const nestedName = (name: string, key: string): string => `${name}${key.slice(0, 1).toUpperCase()}${key.slice(1)}`;

const simpleTypes = {
  string: "string",
  integer: "number",
  boolean: "boolean",
  stringList: "string[]",
  stringMap: "Record<string, string>",
} as const;

function plainType(name: string, key: string, { type }: Property): string {
  if (type === "object") return nestedName(name, key);
  return type === "objectMap" ? `Record<string, ${nestedName(name, key)}>` : simpleTypes[type];
}

function inputType(name: string, key: string, { type }: Property): string {
  const item = type === "objectMap" ? `${nestedName(name, key)}Args` : "string";
  if (type === "objectMap" || type === "stringMap") return `pulumi.Input<Record<string, pulumi.Input<${item}>>>`;
  return `pulumi.Input<${type === "object" ? `${nestedName(name, key)}Args` : simpleTypes[type]}>`;
}

/** A doc comment of some paragraphs, on one line if it fits. */
function doc(paragraphs: readonly string[], indent: string): string {
  const one = `${indent}/** ${paragraphs.join(" ")} */`;
  if (one.length <= WIDTH) return one;
  const lines = paragraphs.flatMap((text) => wrapped(text, WIDTH - indent.length - 3));
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function list(start: string, values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  const one = `${start}[${quoted.join(", ")}];`;
  return one.length <= WIDTH ? one : `${start}[\n${quoted.map((value) => `  ${value},`).join("\n")}\n];`;
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
