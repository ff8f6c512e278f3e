import { join } from "node:path";
import * as native from "@skechwime/heroku-native";
import { providerConfig } from "../../provider/configuration-definition";
import { definitions } from "../../provider/resources";
import { type Properties, type Property, tokenOf } from "../../provider/schema/definition";
import { declarationsOf, type Members } from "../support/declarations";
import { Recorder } from "../support/recorder";

const classes: Record<string, unknown> = native;

const types = {
  string: "string",
  integer: "number",
  boolean: "boolean",
  stringList: "string[]",
  stringMap: "Record<string, string>",
  object: "object",
  objectMap: "Record<string, object>",
} as const;

const samples = {
  string: "text",
  integer: 3,
  boolean: true,
  stringList: ["a"],
  stringMap: { web: "image" },
  object: {},
  objectMap: {},
} as const;

function fileOf(name: string): string {
  const kebab = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  return join(__dirname, "../../sdks/heroku-native", `${kebab}.ts`);
}

/** A doc comment as one line of text, without its tags. */
function plain(doc: string): string {
  return doc
    .replace(/\/\*\*|\*\/|^\s*\*(?!\/)/gm, " ")
    .replace(/@default.*$/s, "")
    .replace(/\s+/g, " ")
    .trim();
}

function shapes(members: Members | undefined) {
  return Object.entries(members ?? {}).map(([name, { type, optional, doc }]) => [name, type, optional, plain(doc)]);
}

function inputType(property: Property): string {
  return property.type === "stringMap"
    ? "pulumi.Input<Record<string, pulumi.Input<string>>>"
    : `pulumi.Input<${types[property.type]}>`;
}

function argumentShapes(properties: Properties) {
  return Object.entries(properties).map(([name, property]) => {
    const optional = property.optional === true || property.default !== undefined;
    return [name, inputType(property), optional, property.description];
  });
}

function construct(name: string, ...args: unknown[]): object {
  const made = classes[name];
  if (typeof made !== "function") throw new Error(`the package exports no class ${name}`);
  return Reflect.construct(made, args);
}

describe("@skechwime/heroku-native", () => {
  it("exports a class for every resource of the plugin, and the provider", () => {
    expect(Object.keys(classes).sort()).toEqual([...definitions.map(({ name }) => name), "Provider"].sort());
  });

  it("declares the provider's arguments as the plugin's configuration", () => {
    expect(shapes(declarationsOf(fileOf("Provider")).ProviderArgs)).toEqual(argumentShapes(providerConfig));
  });

  it("sends the API key as a secret, and no setting that is not given", async () => {
    const recorder = await Recorder.start();
    construct("Provider", "local", { apiKey: "key", apiUrl: "http://localhost:5075" });

    const registration = await recorder.only("pulumi:providers:heroku-native");

    expect(registration.inputs).toEqual({ apiKey: "key", apiUrl: "http://localhost:5075" });
    expect(registration.secrets).toEqual(["apiKey"]);
  });
});

describe.each(definitions.map((definition) => [definition.name, definition] as const))("%s", (name, definition) => {
  const token = tokenOf("heroku-native", definition);

  it("declares arguments and outputs with the plugin's names, types and descriptions", () => {
    const declared = declarationsOf(fileOf(name));
    const outputs = Object.entries({ ...definition.inputs, ...definition.outputs }).map(([key, property]) => {
      const type = `pulumi.Output<${types[property.type]}${property.optional ? " | undefined" : ""}>`;
      return [key, type, false, property.description];
    });

    expect(shapes(declared[`${name}Args`])).toEqual(argumentShapes(definition.inputs));
    expect(shapes(declared[name])).toEqual(outputs);
  });

  it("sends every argument under its name and has every output from the start", async () => {
    const recorder = await Recorder.start();
    const args = Object.fromEntries(
      Object.entries(definition.inputs).map(([key, { type }]) => [key, samples[type]] as const),
    );
    const made = construct(name, "one", args);

    const registration = await recorder.only(token);

    expect(registration.inputs).toEqual(args);
    expect(Object.keys(made)).toEqual(expect.arrayContaining(Object.keys(definition.outputs)));
  });

  it("is looked up by its id alone", async () => {
    const recorder = await Recorder.start();
    const { get, isInstance } = Object(classes[name]);
    const found = get("one", "id-1");

    const registration = await recorder.only(token);

    expect(registration).toMatchObject({ id: "id-1", inputs: {} });
    expect(isInstance(found)).toBe(true);
    expect(isInstance({})).toBe(false);
  });
});
