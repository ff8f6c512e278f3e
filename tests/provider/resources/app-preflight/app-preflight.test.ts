import { computed } from "../../support/plugin-client";
import { ScriptedFixture } from "../../support/scripted-fixture";

const type = "AppPreflight";
const images = { web: { context: "./nowhere", dockerfile: "Dockerfile", memoryLimit: 512 } };
const defaults = {
  ...{ healthStatus: 200, healthHeaders: {}, settleTime: 5, sizeLimit: 1_000, environment: {}, placeholders: [] },
  ...{ postgres: [], redis: [], skip: [], onPreview: false },
};

describe("AppPreflight", () => {
  let fixture: ScriptedFixture;
  let plugin: ScriptedFixture["plugin"];

  beforeEach(async () => {
    fixture = await ScriptedFixture.open();
    ({ plugin } = fixture);
  });
  afterEach(() => fixture.close());

  it("needs only the images", async () => {
    expect(await plugin.check(type, { images })).toEqual({ inputs: { images, ...defaults }, failures: {} });
  });

  it("refuses checks that it does not have, and images that cannot be those of a process type", async () => {
    const { failures } = await plugin.check(type, {
      images: { "wor ker": images.web, web: { ...images.web, memoryLimit: 0 } },
      skip: ["size", "boots"],
    });
    expect(failures).toEqual({
      'images["wor ker"]': expect.stringMatching(/^processType must be .* got "wor ker"/),
      "images.web.memoryLimit": expect.stringMatching(/^memoryLimit must be .* got 0/),
      skip: expect.stringMatching(/^skip must be a check of the preflight, got "boots"; did you mean "boot"\?/),
    });
  });

  it("does nothing in a preview that is not asked to try", async () => {
    const { state } = await plugin.create(type, { images, ...defaults }, true);
    expect(state).toEqual({ images, ...defaults, imageIds: computed, sizes: computed });
  });

  it("is read from the state, and cannot be imported", async () => {
    const inputs = { images, ...defaults };
    const state = { ...inputs, imageIds: { web: "sha256:1" }, sizes: { web: "90 MB" } };
    expect(await plugin.read(type, "preflight", { inputs, state })).toMatchObject({ id: "preflight", inputs, state });
    expect((await plugin.read(type, "preflight")).id).toBe("");
  });

  it("runs again when any input changes, in place", async () => {
    const before = { inputs: { images, ...defaults }, state: { images, ...defaults } };
    const news = { images, ...defaults, environment: { A: "1" } };
    expect(await plugin.diff(type, before, news)).toMatchObject({ changed: true, replaces: [] });
    expect(await plugin.diff(type, before, before.inputs)).toMatchObject({ changed: false });
  });
});
