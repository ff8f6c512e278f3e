import { EmulatedHeroku } from "../support/emulated-heroku";
import { EngineLogServer } from "../support/engine-log";
import { computed, PluginClient } from "../support/plugin-client";
import { RegistryInMemory, type TestImage } from "../support/registry-in-memory";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "PromotedImage";
const labels = {
  "org.opencontainers.image.revision": "3f2a1bc0123456789abcdef0123456789abcdef0",
  "org.opencontainers.image.source": "https://example.com/sketch",
  "org.opencontainers.image.created": "2026-11-20T10:00:00Z",
  "skechwime.migrations": "boards.0001_initial,boards.0002_colour",
};
const older = { ...labels, "skechwime.migrations": "boards.0001_initial" };

describe("PromotedImage", () => {
  let heroku: EmulatedHeroku;
  let registry: RegistryInMemory;
  let engine: EngineLogServer;
  let plugin: PluginClient;
  let app: { id: string; name: string };
  const { host } = new URL("http://localhost:5075");

  beforeEach(async () => {
    heroku = await EmulatedHeroku.open();
    registry = new RegistryInMemory(host);
    heroku.registry = registry;
    app = { name: "prod", id: await heroku.createApp("prod") };
    engine = await EngineLogServer.start();
    const options = { runtime: heroku.runtime, apiKey: "local-heroku", engineAddress: engine.address };
    plugin = await PluginClient.start(heroku.url, options);
  });
  afterEach(() => {
    plugin.stop();
    engine.stop();
  });

  const pushed = (image: TestImage = { labels }, name = "dev/web") => registry.push(name, image);
  const inputsFor = (source: string, more = {}) => ({ source, app: app.name, processType: "web", ...more });
  const told = () => engine.messages.map(({ message }) => message);

  it("copies the manifest to the byte and mounts its layers, and says where the image comes from", async () => {
    const { reference, digest, imageId } = pushed();

    const { id, state } = await plugin.create(type, inputsFor(reference));

    expect(id).toBe("prod/web");
    expect(state).toEqual({
      ...inputsFor(reference),
      reference: `${host}/prod/web@${digest}`,
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

  it("tells in the preview what it promotes and which migrations are pending, and knows every output", async () => {
    const running = registry.push("prod/web", { labels: older });
    await heroku.release(app, "web", running.imageId);
    const { reference, digest, imageId } = pushed();
    const inputs = inputsFor(reference, { from: "dev", since: "2026-11-21T09:00:00Z" });
    heroku.requests.length = 0;

    const { state } = await plugin.create(type, inputs, true);

    const summary = "3f2a1bc (2026-11-20), in dev since 2026-11-21, pending migrations: boards.0002_colour";
    expect(told()).toEqual([`promotes ${summary}`]);
    expect(state).toMatchObject({ reference: `${host}/prod/web@${digest}`, imageId, summary });
    expect(state).toMatchObject({ pending: ["boards.0002_colour"] });
    expect(heroku.requests.filter((request) => !/^(GET|HEAD) /.test(request))).toEqual([]);
  });

  it("tells the same of an app that is not there yet", async () => {
    const { reference } = pushed({ labels: older });

    const { state } = await plugin.create(type, { ...inputsFor(reference), app: computed }, true);

    expect(told()).toEqual(["promotes 3f2a1bc (2026-11-20), pending migrations: boards.0001_initial"]);
    expect(state).toMatchObject({ app: computed, reference: computed, migrations: ["boards.0001_initial"] });
  });

  it("waits for a source that the preview does not know", async () => {
    const { state } = await plugin.create(type, inputsFor(computed), true);

    expect(told()).toEqual([]);
    expect(state).toMatchObject({ reference: computed, summary: computed });
  });

  it("says unknown where a label is missing", async () => {
    const { reference, imageId } = pushed({});

    const { state } = await plugin.create(type, inputsFor(reference, { from: "dev" }), true);

    expect(told()).toEqual([`promotes image ${imageId.slice(7, 19)}, from dev, pending migrations: unknown`]);
    expect(state).toEqual(expect.not.objectContaining({ migrations: expect.anything(), revision: expect.anything() }));
  });

  it("keeps what a label says of changes that were not committed", async () => {
    const { reference } = pushed({ labels: { "org.opencontainers.image.revision": "3f2a1bc0123456789-dirty" } });

    await plugin.create(type, inputsFor(reference), true);

    expect(told()).toEqual(["promotes 3f2a1bc-dirty, pending migrations: unknown"]);
  });

  it("says of the running image that there is nothing to do", async () => {
    const running = registry.push("prod/web", { labels });
    await heroku.release(app, "web", running.imageId);

    await plugin.create(type, inputsFor(running.reference), true);

    expect(told()).toEqual(["promotes 3f2a1bc (2026-11-20), which the app runs already"]);
  });

  it("knows the image promoted before as the running one, whatever was pushed since", async () => {
    const first = pushed({ labels: older });
    const made = await plugin.create(type, inputsFor(first.reference));
    await heroku.release(app, "web", first.imageId);
    registry.push("prod/web", { labels: {}, layers: ["by hand"] });
    const second = pushed();

    const state = await plugin.update(type, made.id, made.state, inputsFor(second.reference));

    expect(state).toMatchObject({ pending: ["boards.0002_colour"], imageId: second.imageId });
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
