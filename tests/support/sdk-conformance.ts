import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import * as heroku from "@pulumiverse/heroku";
import { declarationsOf, type Members } from "./declarations";
import type { ObjectSchema, Properties, ProviderSchema, ResourceSchema } from "./heroku-provider-schema";
import { Recorder } from "./recorder";
import {
  inputType,
  nested,
  nestedName,
  nestedOutputType,
  nestedTypes,
  outputType,
  replaces,
  sample,
} from "./schema-types";

const sdk = join(__dirname, "../../sdks/heroku");

/** Secrets that the schema does not mark and the SDK does. */
const furtherSecrets: Record<string, string[] | undefined> = {
  "heroku:app/app:App": ["configVars"],
  "heroku:app/configAssociation:ConfigAssociation": ["vars"],
  "heroku:drain/drain:Drain": ["url"],
};

interface ResourceClass {
  new (...args: never[]): pulumi.CustomResource;
  get(name: string, id: string, state: object): pulumi.CustomResource;
  isInstance(obj: unknown): boolean;
}

function isResourceClass(value: unknown): value is ResourceClass {
  return typeof value === "function" && "get" in value && "isInstance" in value;
}

/** Every resource class of the SDK by the token that its place in the package stands for. */
export function resourceClasses(): [token: string, resource: ResourceClass, file: string][] {
  return Object.entries(heroku).flatMap(([module, exported]) =>
    Object.entries(exported).flatMap(([name, value]): [string, ResourceClass, string][] => {
      const file = name[0]?.toLowerCase() + name.slice(1);
      const kebab = file.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return isResourceClass(value)
        ? [[`heroku:${module}/${file}:${name}`, value, join(sdk, module, `${kebab}.ts`)]]
        : [];
    }),
  );
}

/** Defines the tests that hold every class of the SDK against the provider's schema. */
export function holdAgainst(schema: ProviderSchema): void {
  describe.each(resourceClasses())("%s", (token, resource, file) => {
    const name = token.split(":").at(-1) ?? "";
    const { properties, inputProperties, stateInputs, required, requiredInputs } = resourceSchema(schema, token);
    const secrets = Object.keys(properties)
      .filter((key) => properties[key]?.secret || furtherSecrets[token]?.includes(key))
      .sort();

    it("sends every input under its name, the secret ones as secrets", async () => {
      const recorder = await Recorder.start();
      const args = samples(schema, inputProperties);
      const made = Reflect.construct(resource, ["one", args]);

      const registration = await recorder.only(token);

      expect(registration.inputs).toEqual(args);
      expect(registration.secrets).toEqual(secrets.filter((key) => key in inputProperties));
      expect(registration.options).toMatchObject({ version: "1.0.4", pluginDownloadURL: schema.pluginDownloadURL });
      expect(registration.options.additionalSecretOutputs.sort()).toEqual(secrets);
      expect(resource.isInstance(made)).toBe(true);
    });

    it("is looked up by its id and any of its state", async () => {
      const recorder = await Recorder.start();
      const state = samples(schema, stateInputs.properties);
      resource.get("one", "id-1", state);

      const registration = await recorder.only(token);

      expect(registration).toMatchObject({ id: "id-1", inputs: state, secrets });
    });

    it("declares arguments, state and outputs with the schema's types", () => {
      const declared = declarationsOf(file);

      expect(shapes(declared[`${name}Args`])).toEqual(inputs(inputProperties, requiredInputs));
      expect(shapes(declared[`${name}State`])).toEqual(inputs(stateInputs.properties, []));
      expect(shapes(declared[name])).toEqual(
        mapValues(properties, (property, key) => ({
          type: outputType(property, required?.includes(key) ?? false),
          optional: false,
        })),
      );
    });

    it("says of exactly those arguments that replace something that they do", () => {
      const args = declarationsOf(file)[`${name}Args`] ?? {};
      const saying = Object.keys(args).filter((key) => args[key]?.doc.includes("replaces"));

      const replacing = Object.keys(inputProperties).filter((key) => replaces(schema, inputProperties[key] ?? {}));
      expect(saying.sort()).toEqual(replacing.sort());
    });

    it("declares the nested types of its properties", () => {
      for (const ref of nestedTypes(inputProperties)) {
        const { properties: parts, required: needed, language } = nested(schema, ref);
        const always = language?.nodejs?.requiredOutputs ?? needed;
        expect(nestedDeclaration("input", ref)).toEqual(inputs(parts, needed));
        expect(nestedDeclaration("output", ref)).toEqual(
          mapValues(parts, (part, key) => ({ type: nestedOutputType(part), optional: !always?.includes(key) })),
        );
      }
    });
  });

  describe("Provider", () => {
    const { inputProperties, properties } = schema.provider;

    it("sends strings as they are and all other settings as JSON", async () => {
      const recorder = await Recorder.start();
      const args = samples(schema, inputProperties);
      Reflect.construct(heroku.Provider, ["one", args]);

      const registration = await recorder.only("pulumi:providers:heroku");

      expect(registration.inputs).toEqual(
        mapValues(inputProperties, ({ type }, key) => (type === "string" ? args[key] : JSON.stringify(args[key]))),
      );
    });

    it("declares arguments, their nested types and outputs with the schema's types", () => {
      const declared = declarationsOf(join(sdk, "provider.ts"));
      const strings = Object.entries(properties).filter(([, { type }]) => type === "string");

      expect(shapes(declared.ProviderArgs)).toEqual(inputs(inputProperties, []));
      expect(shapes(declared.Provider)).toEqual(
        mapValues(Object.fromEntries(strings), (property) => ({ type: outputType(property, false), optional: false })),
      );
      for (const ref of nestedTypes(inputProperties)) {
        const { properties: parts, required } = nested(schema, ref);
        expect(nestedDeclaration("input", ref)).toEqual(inputs(parts, required));
      }
    });
  });
}

function resourceSchema(schema: ProviderSchema, token: string): ResourceSchema {
  const found = schema.resources[token];
  if (found === undefined) {
    throw new Error(`the provider's schema has no resource ${token}`);
  }
  return found;
}

const samples = (schema: ProviderSchema, properties: Properties): Record<string, unknown> =>
  mapValues(properties, (property, key) => sample(schema, property, key));

const inputs = (properties: Properties, required: ObjectSchema["required"] = []) =>
  mapValues(properties, (property, key) => ({ type: inputType(property), optional: !required.includes(key) }));

const nestedDeclaration = (direction: "input" | "output", ref: string) =>
  shapes(declarationsOf(join(sdk, "types", `${direction}.ts`))[nestedName(ref)]);

const shapes = (members: Members | undefined) =>
  members && mapValues(members, ({ type, optional }) => ({ type, optional }));

function mapValues<T, U>(values: Record<string, T>, change: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}
