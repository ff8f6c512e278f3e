import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as native from "@skechwime/heroku-native";
import { nodeSdk } from "../../provider/node-sdk";
import { definitions } from "../../provider/resources";
import { tokenOf } from "../../provider/schema/definition";
import { Recorder } from "../support/recorder";

const classes: Record<string, unknown> = native;

const samples = {
  string: "text",
  integer: 3,
  boolean: true,
  stringList: ["a"],
  stringMap: { web: "image" },
  object: {},
  objectMap: {},
} as const;

function construct(name: string, ...args: unknown[]): object {
  const made = classes[name];
  if (typeof made !== "function") throw new Error(`the package exports no class ${name}`);
  return Reflect.construct(made, args);
}

describe("@skechwime/heroku-native", () => {
  it("exports a class for every resource of the plugin, and the provider", () => {
    expect(Object.keys(classes).sort()).toEqual([...definitions.map(({ name }) => name), "Provider"].sort());
  });

  it("is current (otherwise run `npm run generate`)", () => {
    const folder = join(__dirname, "../../sdks/heroku-native");
    const written = readdirSync(folder).filter((file) => !["package.json", "registration.ts"].includes(file));
    const files = nodeSdk();
    expect(written.sort()).toEqual(Object.keys(files).sort());
    for (const [file, text] of Object.entries(files)) expect(readFileSync(join(folder, file), "utf8")).toBe(text);
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
