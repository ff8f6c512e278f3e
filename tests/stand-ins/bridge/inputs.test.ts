import type { ResourceDefinition } from "../../../provider/schema/definition";
import { completed } from "../../../stand-ins/bridge/defaults";
import { importedInputs, refreshedInputs } from "../../../stand-ins/bridge/inputs";

const definition = {
  name: "Brush",
  description: "A brush.",
  inputs: {
    name: { type: "string", description: "Its name.", optional: true },
    enabled: { type: "boolean", description: "Whether it paints.", optional: true },
    labels: { type: "stringMap", description: "Its labels.", optional: true },
    handle: {
      type: "object",
      description: "Its handle.",
      optional: true,
      properties: {
        wood: { type: "string", description: "Its wood." },
        length: { type: "integer", description: "Its length.", optional: true },
      },
    },
    secret: { type: "stringMap", description: "Its secrets.", optional: true, secret: true },
    size: { type: "string", description: "Its size." },
  },
  outputs: {},
} as const satisfies ResourceDefinition;

const defaults = { enabled: true };
const subject = { name: "brush", former: undefined, seed: new Uint8Array([1]) };

describe("completed", () => {
  it("fills in a name and Terraform's defaults, and notes that they are", () => {
    expect(completed(definition, defaults, { size: "m" }, subject)).toEqual({
      __defaults: ["enabled", "name"],
      enabled: true,
      name: expect.stringMatching(/^brush-[\da-f]{7}$/),
      size: "m",
    });
  });

  it("makes the same name from the same seed, and another one from another", () => {
    const nameFor = (seed: number[]) => completed(definition, {}, {}, { ...subject, seed: new Uint8Array(seed) }).name;

    expect(nameFor([1])).toBe(nameFor([1]));
    expect(nameFor([1])).not.toBe(nameFor([2]));
    expect(nameFor([])).not.toBe(nameFor([]));
  });

  it("keeps what was filled in before", () => {
    const former = { __defaults: ["enabled", "name"], enabled: false, name: "brush-0000000" };

    expect(completed(definition, defaults, {}, { ...subject, former })).toEqual(former);
  });

  it("keeps a name that the program no longer gives, but no other value", () => {
    const former = { __defaults: [], enabled: false, name: "given" };

    expect(completed(definition, defaults, {}, { ...subject, former })).toEqual({
      __defaults: ["enabled", "name"],
      enabled: true,
      name: "given",
    });
  });

  it("notes in objects that nothing was filled in, and leaves maps as they are", () => {
    const given = { name: "b", enabled: true, handle: { wood: "oak" }, labels: { a: "1" } };

    expect(completed(definition, defaults, given, subject)).toEqual({
      ...given,
      handle: { wood: "oak", __defaults: [] },
      __defaults: [],
    });
  });
});

describe("refreshedInputs", () => {
  it("takes over what is there now, for the inputs there were", () => {
    const former = { __defaults: ["enabled", "name"], enabled: true, name: "b", labels: { a: "1", b: "2" } };
    const live = { enabled: false, name: "b", labels: { a: "by hand", c: "somebody else's" }, size: "l" };

    expect(refreshedInputs(former, live)).toEqual({
      __defaults: ["name"],
      enabled: false,
      name: "b",
      labels: { a: "by hand" },
    });
  });

  it("takes nothing over where the form differs", () => {
    expect(refreshedInputs({ __defaults: [], size: "m" }, { size: "M" }, new Set(["size"]))).toEqual({
      __defaults: [],
      size: "m",
    });
  });

  it("keeps an object's note", () => {
    const former = { handle: { __defaults: [], wood: "oak" } };

    expect(refreshedInputs(former, { handle: { wood: "ash", length: 9 } })).toEqual({
      handle: { __defaults: [], wood: "ash" },
    });
  });
});

describe("importedInputs", () => {
  it("takes what has a value that is no default", () => {
    const live = {
      name: "b",
      enabled: true,
      labels: { a: "1" },
      handle: { wood: "oak", length: 0 },
      secret: { k: "s" },
      size: "",
    };

    expect(importedInputs(definition, defaults, live)).toEqual({
      __defaults: [],
      name: "b",
      labels: { __defaults: [], a: "1" },
      handle: { __defaults: [], wood: "oak" },
      secret: { k: "s" },
      size: "",
    });
    expect(importedInputs(definition, defaults, { ...live, enabled: false, labels: {}, secret: null })).toEqual({
      __defaults: [],
      name: "b",
      enabled: false,
      handle: { __defaults: [], wood: "oak" },
      size: "",
    });
  });
});
