import { RegistryFixture } from "../../support/registry-fixture";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "ContainerRelease";

describe("ContainerRelease, its history", () => {
  let fixture: RegistryFixture;
  let heroku: RegistryFixture["heroku"];
  let registry: RegistryFixture["registry"];
  let plugin: RegistryFixture["plugin"];
  let app: string;

  beforeEach(async () => {
    fixture = await RegistryFixture.open("demo");
    ({ heroku, registry, plugin } = fixture);
    app = fixture.app.id;
  });
  afterEach(() => fixture.close());

  /** Pushes an image of this commit that brings these migrations; the inputs that release it. */
  function commit(revision: string, ...migrations: string[]) {
    const labels = {
      "org.opencontainers.image.revision": revision,
      "skechwime.migrations": migrations.map((name) => `boards.${name}`).join(","),
    };
    const image = registry.push("demo/web", { labels });
    heroku.emulator.machines.keep(app, "web", image.imageId);
    return { app, images: { web: image.reference } };
  }

  const entries = (state: Record<string, unknown>) =>
    Object(state.history).map((entry: string) => Object(JSON.parse(entry)));
  const warnings = () => fixture.engine.messages.filter(({ severity }) => severity === 2).map(({ message }) => message);
  const moved = (what: string) =>
    `the database has moved past this image: ${what}; see that the image runs on the newer schema, or release a newer one`;

  it("keeps each release of images with its commit and migrations, newest first, 20 of them", async () => {
    const first = commit("commit-0", "0001_initial");
    const made = await plugin.create(type, first);
    let { state } = made;
    for (let number = 1; number <= 20; number++) {
      state = await plugin.update(type, made.id, state, commit(`commit-${number}`, "0001_initial"));
    }

    const found = entries(state);
    expect(found).toHaveLength(20);
    expect(found[0]).toEqual({
      version: state.version,
      createdAt: state.createdAt,
      images: state.images,
      revision: "commit-20",
      migrations: ["boards.0001_initial"],
    });
    expect(found[19]).toMatchObject({ revision: "commit-1" });
  });

  it("keeps it through a refresh, and adds nothing for images that were released already", async () => {
    const inputs = commit("commit-0", "0001_initial");
    const { id, state } = await plugin.create(type, inputs);

    const read = await plugin.read(type, id, { inputs, state });
    const again = await plugin.update(type, id, state, inputs);

    expect(read.state.history).toEqual(state.history);
    expect(entries(again)).toHaveLength(1);
  });

  it("warns in the preview and before the release that the database has moved past an earlier image", async () => {
    const first = commit("commit-0", "0001_initial");
    const second = commit("commit-1", "0001_initial", "0002_colour");
    const third = commit("commit-2", "0001_initial", "0002_colour", "0003_width");
    const made = await plugin.create(type, first);
    let state = await plugin.update(type, made.id, made.state, second);
    const { version: ofSecond } = state;
    state = await plugin.update(type, made.id, state, third);
    const { version: ofThird } = state;
    expect(warnings()).toEqual([]);

    await plugin.update(type, made.id, state, first, true);
    const warning = moved(
      `boards.0002_colour was applied by v${ofSecond}, boards.0003_width was applied by v${ofThird}`,
    );
    expect(warnings()).toEqual([warning]);
    const back = await plugin.update(type, made.id, state, first);
    expect(warnings()).toEqual([warning, warning]);

    // It is the database that counts, not the image that runs.
    await plugin.update(type, made.id, back, second, true);
    expect(warnings().at(-1)).toBe(moved(`boards.0003_width was applied by v${ofThird}`));
  });

  it("warns of nothing where no label tells, or the image is yet to be copied", async () => {
    const made = await plugin.create(type, commit("commit-0", "0001_initial"));
    const unlabelled = registry.push("demo/web", { layers: ["no labels"] });
    const absent = { web: `localhost:5075/demo/web@sha256:${"0".repeat(64)}` };

    await plugin.update(type, made.id, made.state, { app, images: { web: unlabelled.reference } }, true);
    await plugin.update(type, made.id, made.state, { app, images: absent }, true);

    expect(warnings()).toEqual([]);
  });
});
