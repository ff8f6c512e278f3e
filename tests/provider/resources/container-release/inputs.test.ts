import { ContainerAppFixture } from "../../support/container-app-fixture";
import { computed, failure } from "../../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "ContainerRelease";

describe("ContainerRelease, its inputs", () => {
  let fixture: ContainerAppFixture;
  let heroku: ContainerAppFixture["heroku"];
  let app: ContainerAppFixture["app"];
  let images: ContainerAppFixture["images"];

  beforeEach(async () => {
    fixture = await ContainerAppFixture.open();
    ({ heroku, app, images } = fixture);
  });
  afterEach(() => fixture.close());

  it("changes nothing on Heroku when it is deleted", async () => {
    const made = await fixture.create();
    const requests = heroku.requests.length;

    await fixture.plugin.delete(type, made.id, made.state);

    expect(heroku.requests).toHaveLength(requests);
  });

  it("asks for nothing in a preview, and knows what an update keeps", async () => {
    const made = await fixture.create();
    const requests = heroku.requests.length;

    const creation = await fixture.plugin.create(type, { app: computed, images: { web: computed } }, true);
    const update = await fixture.plugin.update(
      type,
      made.id,
      made.state,
      { app: app.id, images: { web: computed } },
      true,
    );

    expect(creation.state).toMatchObject({
      app: computed,
      images: { web: computed },
      appId: computed,
      version: computed,
    });
    expect(update).toMatchObject({ app: app.id, images: { web: computed }, appId: app.id, version: computed });
    expect(heroku.requests).toHaveLength(requests);
  });

  it("says what is wrong with an app it cannot release to", async () => {
    await heroku.createApp("classic", "heroku-24");

    expect(await failure(fixture.plugin.create(type, { app: "missing", images }))).toBe(
      'app to release to does not exist, got "missing"; create it first or correct "app"',
    );
    expect(await failure(fixture.plugin.create(type, { app: "classic", images }))).toBe(
      'app "classic" must be on the stack "container", got "heroku-24"; set the app\'s stack to "container"',
    );
  });

  it("names every image that cannot be released, before it releases any", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const wrong = { web: `localhost:5075/other/web@${digest}`, release: `localhost:5075/demo/release@${digest}` };

    expect(await failure(fixture.plugin.create(type, { app: app.id, images: wrong }))).toBe(
      [
        "2 images cannot be released:",
        `- image of process type "release" is not in the registry http://localhost:5075, got demo/release@${digest}; push it first, or correct heroku-native:registryUrl`,
        `- image of process type "web" must be in a repository of app "demo", got "localhost:5075/other/web@${digest}"; push it as <registry>/demo/web`,
      ].join("\n"),
    );
    expect(await heroku.releases(app.id)).toHaveLength(2);
  });

  it("checks process types and references", async () => {
    const reference = `registry.heroku.com/demo/web@sha256:${"0".repeat(64)}`;
    const { failures } = await fixture.plugin.check(type, {
      app: "",
      images: { "no good": computed, web: "demo/web:latest", worker: reference },
    });

    expect(failures).toEqual({
      app: 'app must be an app\'s id or name, got ""',
      'images["no good"]':
        'process type must be at most 128 lower-case letters and digits, with single dashes or underscores between them, got "no good"; choose a name such as "web", "worker" or "release"',
      "images.web":
        'image of process type "web" must be <registry>/<app>/<process type>@sha256:<64 hex digits>, got "demo/web:latest"; copy it from the output image.references of a stack',
      "images.worker": `image of process type "worker" must be in the repository of that type, got "${reference}"; push it as <registry>/<app>/worker@sha256:<64 hex digits>`,
    });
    expect((await fixture.plugin.check(type, { app: "demo", images: {} })).failures).toEqual({
      images: "images must hold an image of at least one process type, got none",
    });
  });

  it("is replaced for another app alone", async () => {
    const made = await fixture.create();

    expect(await fixture.plugin.diff(type, made, { ...made.inputs, app: "demo" })).toMatchObject({ changed: false });
    expect(await fixture.plugin.diff(type, made, { ...made.inputs, app: "other" })).toMatchObject({
      changed: true,
      replaces: ["app"],
      detailed: { app: "UPDATE_REPLACE" },
    });
  });
});
