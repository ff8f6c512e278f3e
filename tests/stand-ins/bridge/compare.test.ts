import type { ResourceDefinition } from "../../../provider/schema/definition";
import { notKnownYet, type PropertyValues } from "../../../provider/schema/property";
import { compareWithState } from "../../../stand-ins/bridge/compare";

const definition = {
  name: "Brush",
  description: "A brush.",
  inputs: {
    name: { type: "string", description: "Its name.", optional: true },
    size: { type: "string", description: "Its size." },
    colours: { type: "stringList", description: "Its colours.", optional: true },
    labels: { type: "stringMap", description: "Its labels.", optional: true, replaces: true },
    handle: {
      type: "object",
      description: "Its handle.",
      optional: true,
      properties: {
        wood: { type: "string", description: "Its wood.", replaces: true },
        length: { type: "integer", description: "Its length.", optional: true },
      },
    },
    weight: { type: "integer", description: "Its weight.", optional: true },
  },
  outputs: { weight: { type: "integer", description: "Its weight." } },
} as const satisfies ResourceDefinition;

const forms = { size: (size: string) => size.toUpperCase() };

describe("compareWithState", () => {
  const detailed = (state: PropertyValues, inputs: PropertyValues) =>
    Object.fromEntries(
      compareWithState(definition, forms, { size: "M", ...state }, { size: "m", ...inputs }).changes.map(
        ({ path, kind, replaces }) => [path, replaces ? `${kind} by replacing` : kind],
      ),
    );

  it("compares with the state, values in its form", () => {
    expect(detailed({}, {})).toEqual({});
    expect(detailed({}, { size: "l" })).toEqual({ size: "update" });
  });

  it("takes what the server chooses for no change", () => {
    expect(detailed({ weight: 3 }, {})).toEqual({});
    expect(detailed({ weight: 3 }, { weight: 4 })).toEqual({ weight: "update" });
  });

  it.each([
    [null, {}],
    [{}, null],
    [null, undefined],
    [[], null],
    ["", null],
  ])("takes %j and %j for the same", (old, now) => {
    const inputs: PropertyValues = now === undefined ? {} : { colours: now, labels: now };
    expect(detailed({ colours: old, labels: old }, inputs)).toEqual({});
  });

  it("shows each entry of a map, and the whole when their number changes", () => {
    expect(detailed({ labels: { a: "1", b: "2" } }, { labels: { a: "2", c: "3" } })).toEqual({
      "labels.a": "update by replacing",
      "labels.b": "delete by replacing",
      "labels.c": "add by replacing",
    });
    expect(detailed({}, { labels: { a: "1", "b.c": "2" } })).toEqual({
      labels: "update",
      "labels.a": "add by replacing",
      'labels.["b.c"]': "add by replacing",
    });
  });

  it("shows each element of a list, and the whole when their number changes", () => {
    expect(detailed({ colours: ["red"] }, { colours: ["blue", "red"] })).toEqual({
      colours: "update",
      "colours[0]": "update",
      "colours[1]": "add",
    });
  });

  it("shows each part of an object, less what the server chooses", () => {
    const oak = { handle: { wood: "oak", length: 9 } };
    expect(detailed(oak, { handle: { wood: "oak", __defaults: [] } })).toEqual({});
    expect(detailed(oak, { handle: { wood: "ash", length: 8 } })).toEqual({
      "handle.wood": "update by replacing",
      "handle.length": "update",
    });
    expect(detailed(oak, {})).toEqual({ handle: "update", "handle.wood": "delete by replacing" });
    expect(detailed({}, { handle: { wood: "oak" } })).toEqual({ handle: "update", "handle.wood": "add by replacing" });
  });

  it("shows only the whole of what is not known yet", () => {
    expect(detailed({ labels: { a: "1" } }, { labels: { a: "1", b: notKnownYet } })).toEqual({
      labels: "update by replacing",
    });
    expect(detailed({}, { labels: notKnownYet, colours: notKnownYet, handle: notKnownYet })).toEqual({
      labels: "add by replacing",
      colours: "add",
      handle: "add",
    });
  });

  it("deletes the old one first when the program gave its name", () => {
    const first = (inputs: PropertyValues) => compareWithState(definition, {}, {}, inputs).deleteBeforeReplace;

    expect(first({ name: "brush", __defaults: [] })).toBe(true);
    expect(first({ name: "brush-1a2b3c4", __defaults: ["name"] })).toBe(false);
    expect(first({ name: "brush" })).toBe(false);
  });
});
