import { inputsFor, labels, older } from "../../support/promoted-images";
import { RegistryFixture } from "../../support/registry-fixture";
import type { TestImage } from "../../support/registry-in-memory";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "PromotedImage";

describe("PromotedImage", () => {
  let fixture: RegistryFixture;
  let heroku: RegistryFixture["heroku"];
  let registry: RegistryFixture["registry"];
  let plugin: RegistryFixture["plugin"];

  beforeEach(async () => {
    fixture = await RegistryFixture.open("prod");
    ({ heroku, registry, plugin } = fixture);
  });
  afterEach(() => fixture.close());

  const pushed = (image: TestImage = { labels }) => registry.push("dev/web", image);

  it("copies the manifest to the byte and mounts its layers, and says where the image comes from", async () => {
    const { reference, digest, imageId } = pushed();

    const { id, state } = await plugin.create(type, inputsFor(reference));

    expect(id).toBe("prod/web");
    expect(state).toEqual({
      ...inputsFor(reference),
      reference: `${fixture.host}/prod/web@${digest}`,
      imageId,
      revision: labels["org.opencontainers.image.revision"],
      sourceUrl: "https://example.com/sketch",
      created: "2026-11-20T10:00:00Z",
      migrations: ["boards.0001_initial", "boards.0002_colour"],
      pending: ["boards.0001_initial", "boards.0002_colour"],
      summary: "3f2a1bc (2026-11-20), pending migrations: boards.0001_initial, boards.0002_colour",
    });
    expect([registry.digestOf("prod/web", digest), registry.digestOf("prod/web", "latest")]).toEqual([digest, digest]);
    expect(registry.uploaded).toBe(0);
  });

  it("carries the layers over where the registry does not lend them, those that are there excepted", async () => {
    registry.mounts = false;
    const { reference, digest } = pushed({ layers: ["one layer", "another layer"] });
    registry.push("prod/web", { layers: ["one layer"] });

    await plugin.create(type, inputsFor(reference));

    expect(registry.digestOf("prod/web", digest)).toBe(digest);
    expect(heroku.requests.filter((request) => request.startsWith("PUT /v2/prod/web/blobs/uploads/"))).toHaveLength(1);
    expect(registry.uploaded).toBe("another layer".length);
  });

  it("copies nothing that the repository has, and makes it the latest again", async () => {
    const first = registry.push("prod/web", { labels: older });
    registry.push("prod/web", { labels });

    await plugin.create(type, inputsFor(first.reference));

    expect(heroku.requests.filter((request) => request.startsWith("POST "))).toEqual([]);
    expect(registry.digestOf("prod/web", "latest")).toBe(first.digest);
  });

  it("is to be made again when the copy is gone", async () => {
    const { reference, digest } = pushed();
    const inputs = inputsFor(reference);
    const { id, state } = await plugin.create(type, inputs);

    expect(await plugin.read(type, id, { inputs, state })).toEqual({ id, inputs, state });
    registry.remove("prod/web", digest);
    expect((await plugin.read(type, id, { inputs, state })).id).toBe("");
  });

  it("is imported as a copy of itself, and changes nothing when it is deleted", async () => {
    const { reference } = registry.push("prod/web", { labels });
    const { id, inputs, state } = await plugin.read(type, "prod/web");
    expect(inputs).toEqual(inputsFor(reference));
    heroku.requests.length = 0;

    await plugin.delete(type, id, state);

    expect(heroku.requests).toEqual([]);
    expect((await plugin.read(type, "prod/worker")).id).toBe("");
  });

  it("finds no change in another time at which the other stack released it", async () => {
    const { reference } = pushed();
    const inputs = inputsFor(reference, { from: "dev", since: "2026-11-21T09:00:00Z" });

    const diff = await plugin.diff(type, { inputs, state: inputs }, { ...inputs, since: "2026-11-23T09:00:00Z" });

    expect(diff.changed).toBe(false);
  });

  it("ends right on the next attempt, wherever the first was cut off", async () => {
    registry.mounts = false;
    const { reference, digest } = pushed();
    const inputs = inputsFor(reference);
    let cut = 0;
    for (let failed = true; failed; ) {
      registry.cutAfter(cut++);
      failed = await plugin.create(type, inputs).then(
        () => false,
        () => true,
      );
    }
    // Each attempt got one request further: source, config, running image, copy, both tags.
    expect(cut).toBeGreaterThan(8);
    expect([registry.digestOf("prod/web", digest), registry.digestOf("prod/web", "latest")]).toEqual([digest, digest]);
  });
});
