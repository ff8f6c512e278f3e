import type { Resource } from "../../../provider/resources/resource";
import { previewOf } from "../../../provider/rpc/preview";
import type { ResourceDefinition } from "../../../provider/schema/definition";
import { notKnownYet, type PropertyValues } from "../../../provider/schema/property";
import { clientOf } from "../support/test-runtime";

const definition = {
  name: "Sample",
  description: "",
  inputs: {
    text: { type: "string", description: "" },
    list: { type: "stringList", description: "" },
    map: { type: "stringMap", description: "" },
  },
  outputs: {
    lasting: { type: "string", description: "", stable: true },
    foreseen: { type: "string", description: "" },
    other: { type: "string", description: "" },
    absent: { type: "string", description: "", optional: true },
  },
} as const satisfies ResourceDefinition;

const context = { client: clientOf("http://localhost").client, timeout: undefined };
const inputs: PropertyValues = {
  text: notKnownYet,
  list: ["a", notKnownYet],
  map: { web: "one", release: notKnownYet },
};

/** A resource with this preview; nothing else of it is asked for. */
function resource(preview?: Resource["preview"]): Resource {
  const never = () => Promise.reject(new Error("a preview must change nothing"));
  return { definition, preview, create: never, read: never, update: never, delete: never };
}

describe("previewOf", () => {
  it("knows of outputs what survives an update alone, when the resource foresees nothing", async () => {
    const former = { lasting: "kept", foreseen: "old", other: "old" };

    expect(await previewOf(resource(), inputs, former, context)).toEqual({
      ...inputs,
      lasting: "kept",
      foreseen: notKnownYet,
      other: notKnownYet,
      absent: notKnownYet,
    });
  });

  it("takes the outputs that the resource foresees from what is known of the inputs", async () => {
    const preview = jest.fn(async () => ({ foreseen: "new", absent: undefined, further: 1, text: "not this" }));

    expect(await previewOf(resource(preview), inputs, undefined, context)).toEqual({
      ...inputs,
      lasting: notKnownYet,
      foreseen: "new",
      other: notKnownYet,
      absent: undefined,
      further: 1,
    });
    expect(preview).toHaveBeenCalledWith({ map: { web: "one" } }, undefined, context, inputs);
  });

  it("fails as the resource's preview does", async () => {
    const refusing = resource(() => Promise.reject(new Error("image is gone")));

    await expect(previewOf(refusing, inputs, undefined, context)).rejects.toThrow("image is gone");
  });
});
