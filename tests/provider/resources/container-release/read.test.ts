import { ContainerAppFixture, judgement } from "../../support/container-app-fixture";
import { failure } from "../../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "ContainerRelease";

describe("ContainerRelease, read", () => {
  let fixture: ContainerAppFixture;
  let heroku: ContainerAppFixture["heroku"];
  let app: ContainerAppFixture["app"];
  let images: ContainerAppFixture["images"];

  beforeEach(async () => {
    fixture = await ContainerAppFixture.open();
    ({ heroku, app, images } = fixture);
  });
  afterEach(() => fixture.close());

  it("sees nothing changed after config changes, which keep the images", async () => {
    const made = await fixture.create();
    await heroku.emulator.patch(`/apps/${app.id}/config-vars`, { KEY: "value" });
    await heroku.emulator.idle();

    const live = await fixture.plugin.read(type, made.id, made);

    expect(live).toEqual({ id: made.id, inputs: made.inputs, state: made.state });
  });

  it("sees an image that was released by hand, and puts the declared one back", async () => {
    const made = await fixture.create();
    await heroku.releaseByHand(app, "web", "two");

    const live = await fixture.plugin.read(type, made.id, made);
    const diff = await fixture.plugin.diff(type, live, made.inputs);
    const state = await fixture.plugin.update(type, made.id, live.state, made.inputs);

    const byHand = fixture.shortId("web", "two");
    expect(live.inputs).toEqual({
      ...made.inputs,
      images: { release: images.release, web: `image ${byHand}, live in v4` },
    });
    expect(live.state).toMatchObject({ version: 4, description: `Deployed web (${byHand})` });
    expect(diff).toMatchObject({ changed: true, replaces: [], detailed: { "images.web": "UPDATE" } });
    expect(state).toMatchObject({ version: 5, images, imageIds: made.state.imageIds, status: "succeeded" });
  });

  it("sees a rollback by hand", async () => {
    const made = await fixture.create();
    const next = { app: app.id, images: { ...images, web: heroku.push(app, "web", "two") } };
    const state = await fixture.plugin.update(type, made.id, made.state, next);
    await heroku.emulator.post(`/apps/${app.id}/releases`, { release: "3" });
    await heroku.emulator.idle();

    const live = await fixture.plugin.read(type, made.id, { inputs: next, state });

    const old = fixture.shortId("web");
    expect(live.inputs.images).toEqual({ ...images, web: `image ${old}, live in v5 (Rollback to v3)` });
  });

  it("takes a process type that is left out of service, and sees one that was", async () => {
    const made = await fixture.create({ images: { ...images, worker: heroku.push(app, "worker") } });

    const state = await fixture.plugin.update(type, made.id, made.state, fixture.inputs);
    const live = await fixture.plugin.read(type, made.id, made);

    expect(Object.keys(Object(state.dockerImages)).sort()).toEqual(["release", "web"]);
    expect((await heroku.releases(app.id)).at(-1)).toBe("Remove worker");
    expect(live.inputs.images).toEqual(images);
  });

  it("is imported by the app's name, with the images pushed last", async () => {
    const made = await fixture.create();
    const formation = { web: { size: "Basic", quantity: 1 } };

    const live = await fixture.plugin.read(type, "demo");

    expect(live).toEqual({
      id: app.id,
      inputs: { app: "demo", images, formation, ...judgement },
      // Which images ran before the import is not known.
      state: { ...made.state, app: "demo", formation, history: [] },
    });
  });

  it("is not imported when the live image is not the one pushed last", async () => {
    await fixture.create();
    heroku.push(app, "web", "two");
    const live = fixture.shortId("web");

    expect(await failure(fixture.plugin.read(type, "demo"))).toBe(
      `app "demo" runs an image of "web" that is not the last one pushed, got ${live}; push and release it again, then import`,
    );
  });

  it("is gone with its app", async () => {
    const made = await fixture.create();
    await heroku.emulator.delete(`/apps/${app.id}`);

    expect((await fixture.plugin.read(type, made.id, made)).id).toBe("");
    await fixture.plugin.delete(type, made.id, made.state);
  });
});
