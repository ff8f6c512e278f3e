import { computed } from "../../support/plugin-client";
import { inputsFor, labels, older } from "../../support/promoted-images";
import { RegistryFixture } from "../../support/registry-fixture";
import type { TestImage } from "../../support/registry-in-memory";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "PromotedImage";

describe("PromotedImage, what it tells of the promotion", () => {
  let fixture: RegistryFixture;
  let heroku: RegistryFixture["heroku"];
  let registry: RegistryFixture["registry"];
  let plugin: RegistryFixture["plugin"];
  let app: RegistryFixture["app"];

  beforeEach(async () => {
    fixture = await RegistryFixture.open("prod");
    ({ heroku, registry, plugin, app } = fixture);
  });
  afterEach(() => fixture.close());

  const pushed = (image: TestImage = { labels }) => registry.push("dev/web", image);
  const told = () => fixture.engine.messages.map(({ message }) => message);

  it("tells in the preview what it promotes and which migrations are pending, and knows every output", async () => {
    const running = registry.push("prod/web", { labels: older });
    await heroku.release(app, "web", running.imageId);
    const { reference, digest, imageId } = pushed();
    const inputs = inputsFor(reference, { from: "dev", since: "2026-11-21T09:00:00Z" });
    heroku.requests.length = 0;

    const { state } = await plugin.create(type, inputs, true);

    const summary = "3f2a1bc (2026-11-20), in dev since 2026-11-21, pending migrations: boards.0002_colour";
    expect(told()).toEqual([`promotes ${summary}`]);
    expect(state).toMatchObject({ reference: `${fixture.host}/prod/web@${digest}`, imageId, summary });
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
});
