import type { ResourceDefinition } from "../../../provider/schema/definition";
import { diffInputs } from "../../../provider/schema/diff";
import { notKnownYet } from "../../../provider/schema/property";

const definition = {
  name: "Thing",
  description: "",
  inputs: {
    app: { type: "string", description: "", replaces: true, synonyms: ["appId"] },
    size: { type: "integer", description: "", optional: true },
    images: { type: "stringMap", description: "" },
    since: { type: "string", description: "", optional: true, remark: true },
  },
  outputs: { appId: { type: "string", description: "" } },
} as const satisfies ResourceDefinition;

const before = { app: "demo", size: 1, images: { web: "a", "my-worker": "b" } };
const diff = (after: object) => diffInputs(definition, { ...before, appId: "uuid" }, before, { ...before, ...after });

describe("diffInputs", () => {
  it("finds no change in equal inputs, whatever the order of keys", () => {
    expect(diff({ images: { "my-worker": "b", web: "a" } })).toEqual([]);
  });

  it("tells changed, added and removed entries of a map at their paths", () => {
    expect(diff({ images: { web: "c", release: "d" } })).toEqual([
      { path: "images.web", kind: "update", replaces: false },
      { path: 'images["my-worker"]', kind: "delete", replaces: false },
      { path: "images.release", kind: "add", replaces: false },
    ]);
  });

  it("tells an input that is taken away", () => {
    expect(diff({ size: undefined })).toEqual([{ path: "size", kind: "delete", replaces: false }]);
  });

  it("takes another remark for no change", () => {
    expect(diff({ since: "2026-11-21" })).toEqual([]);
  });

  it("replaces for another app", () => {
    expect(diff({ app: "other" })).toEqual([{ path: "app", kind: "update", replaces: true }]);
  });

  it("takes another name of the same app for no change", () => {
    expect(diff({ app: "uuid" })).toEqual([]);
  });

  it("counts what is not known yet as a change", () => {
    expect(diff({ app: notKnownYet, images: { ...before.images, web: notKnownYet } })).toEqual([
      { path: "app", kind: "update", replaces: true },
      { path: "images.web", kind: "update", replaces: false },
    ]);
  });
});
