import { EmulatedHeroku } from "../support/emulated-heroku";
import { computed, failure, PluginClient, partialState } from "../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "ContainerRelease";

describe("ContainerRelease", () => {
  let heroku: EmulatedHeroku;
  let plugin: PluginClient;
  let app: { id: string; name: string };
  let images: Record<string, string>;

  beforeEach(async () => {
    heroku = await EmulatedHeroku.open();
    plugin = await PluginClient.start(heroku.url, { runtime: heroku.runtime, apiKey: "local-heroku" });
    app = { id: await heroku.createApp("demo"), name: "demo" };
    images = { web: heroku.push(app, "web"), release: heroku.push(app, "release") };
  });
  afterEach(() => plugin.stop());

  /** Creates the resource; what the engine would keep of it. */
  const create = async (given: Record<string, unknown> = {}) => {
    const inputs = { app: app.id, images, ...given };
    return { inputs, ...(await plugin.create(type, inputs)) };
  };

  it("releases the images of all process types in one release and waits for it", async () => {
    const { id, state } = await create();

    const web = heroku.emulator.machines.push(app.id, "web");
    const release = heroku.emulator.machines.push(app.id, "release");
    expect(id).toBe(app.id);
    expect(state).toEqual({
      app: app.id,
      images,
      appId: app.id,
      appName: "demo",
      imageIds: { web, release },
      dockerImages: { web: expect.any(String), release: expect.any(String) },
      releaseId: expect.any(String),
      version: 3,
      status: "succeeded",
      description: `Deployed release (${release.slice(7, 19)}), web (${web.slice(7, 19)})`,
      createdAt: expect.any(String),
    });
    expect(heroku.requests.filter((request) => request.startsWith("PATCH"))).toEqual([
      `PATCH /apps/${app.id}/formation`,
    ]);
    expect(await heroku.releases(app.id)).toHaveLength(3);
  });

  it("makes no release for images that are live already", async () => {
    const { id, state, inputs } = await create();

    const again = await plugin.update(type, id, state, inputs);

    expect(again).toEqual(state);
    expect(await heroku.releases(app.id)).toHaveLength(3);
  });

  it("fails with the release phase's output and what is live, and keeps what the next run needs", async () => {
    heroku.emulator.machines.phase = async (_release, write) => {
      write("Applying boards.0002\npsycopg.errors.UndefinedColumn: no column x\n");
      return 1;
    };

    const partial = await partialState(plugin.create(type, { app: app.id, images }));

    expect(partial.message).toBe(
      [
        'release v3 of app "demo" must succeed, got status "failed"; correct what its release phase reports and run `pulumi up` again',
        "last output of its release phase:",
        "    Applying boards.0002",
        "    psycopg.errors.UndefinedColumn: no column x",
        "live now is v2 (Enable Logplex)",
      ].join("\n"),
    );
    expect(partial).toMatchObject({ id: app.id, reasons: [partial.message] });
    expect(partial.properties).toMatchObject({ app: app.id, images, version: 3, status: "failed", dockerImages: {} });
  });

  it("releases again after a failure, when the cause is gone", async () => {
    heroku.emulator.machines.phase = async () => 1;
    const { properties, id } = await partialState(plugin.create(type, { app: app.id, images }));
    heroku.emulator.machines.phase = async () => 0;

    const diff = await plugin.diff(
      type,
      { inputs: { app: app.id, images }, state: properties },
      { app: app.id, images },
    );
    const state = await plugin.update(type, id, properties, { app: app.id, images });

    expect(diff).toMatchObject({ changed: true, replaces: [], detailed: { status: "UPDATE" } });
    expect(state).toMatchObject({ version: 4, status: "succeeded" });
  });

  it("sees nothing changed after config changes, which keep the images", async () => {
    const made = await create();
    await heroku.emulator.patch(`/apps/${app.id}/config-vars`, { KEY: "value" });
    await heroku.emulator.idle();

    const live = await plugin.read(type, made.id, made);

    expect(live).toEqual({ id: made.id, inputs: made.inputs, state: made.state });
  });

  it("sees an image that was released by hand, and puts the declared one back", async () => {
    const made = await create();
    await heroku.releaseByHand(app, "web", "two");

    const live = await plugin.read(type, made.id, made);
    const diff = await plugin.diff(type, live, made.inputs);
    const state = await plugin.update(type, made.id, live.state, made.inputs);

    const byHand = heroku.emulator.machines.push(app.id, "web", "two").slice(7, 19);
    expect(live.inputs).toEqual({
      app: app.id,
      images: { release: images.release, web: `image ${byHand}, live in v4` },
    });
    expect(live.state).toMatchObject({ version: 4, description: `Deployed web (${byHand})` });
    expect(diff).toMatchObject({ changed: true, replaces: [], detailed: { "images.web": "UPDATE" } });
    expect(state).toMatchObject({ version: 5, images, imageIds: made.state.imageIds, status: "succeeded" });
  });

  it("sees a rollback by hand", async () => {
    const made = await create();
    const next = { app: app.id, images: { ...images, web: heroku.push(app, "web", "two") } };
    const state = await plugin.update(type, made.id, made.state, next);
    await heroku.emulator.post(`/apps/${app.id}/releases`, { release: "3" });
    await heroku.emulator.idle();

    const live = await plugin.read(type, made.id, { inputs: next, state });

    const old = heroku.emulator.machines.push(app.id, "web").slice(7, 19);
    expect(live.inputs.images).toEqual({ ...images, web: `image ${old}, live in v5 (Rollback to v3)` });
  });

  it("takes a process type that is left out of service, and sees one that was", async () => {
    const made = await create({ images: { ...images, worker: heroku.push(app, "worker") } });

    const state = await plugin.update(type, made.id, made.state, { app: app.id, images });
    const live = await plugin.read(type, made.id, made);

    expect(Object.keys(Object(state.dockerImages)).sort()).toEqual(["release", "web"]);
    expect((await heroku.releases(app.id)).at(-1)).toBe("Remove worker");
    expect(live.inputs.images).toEqual(images);
  });

  it("waits for somebody else's release to end", async () => {
    let end: (exitCode: number) => void = () => {};
    heroku.emulator.machines.phase = () => new Promise((resolve) => (end = resolve));
    await create({ images: { web: images.web } });
    await heroku.emulator.patch(
      `/apps/${app.id}/formation`,
      { updates: [{ type: "release", docker_image: heroku.emulator.machines.push(app.id, "release") }] },
      { Accept: "application/vnd.heroku+json; version=3.docker-releases" },
    );
    const requests = heroku.requests.length;

    const creation = plugin.create(type, { app: app.id, images });
    while (heroku.runtime.sleeps.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    const meanwhile = heroku.requests.slice(requests);
    heroku.emulator.machines.phase = async () => 0;
    end(0);

    expect((await creation).state).toMatchObject({ status: "succeeded" });
    expect(meanwhile.filter((request) => request.startsWith("PATCH"))).toEqual([]);
  });

  it("keeps what is under way when it is cancelled, and goes on from there", async () => {
    let end: (exitCode: number) => void = () => {};
    heroku.emulator.machines.phase = () => new Promise((resolve) => (end = resolve));
    const creation = partialState(plugin.create(type, { app: app.id, images }));
    while (!heroku.requests.some((request) => request.startsWith("PATCH"))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await plugin.cancel();

    const { message, properties, id } = await creation;
    end(0);
    await heroku.emulator.idle();
    plugin.stop();
    plugin = await PluginClient.start(heroku.url, { runtime: heroku.runtime, apiKey: "local-heroku" });

    expect(message).toBe("the operation was cancelled, got an interrupt; run `pulumi up` to go on");
    expect(properties).toMatchObject({ version: 3, status: "pending" });
    expect(await plugin.update(type, id, properties, { app: app.id, images })).toMatchObject({
      version: 3,
      status: "succeeded",
    });
  });

  it("is imported by the app's name, with the images pushed last", async () => {
    const made = await create();

    const live = await plugin.read(type, "demo");

    expect(live).toEqual({
      id: app.id,
      inputs: { app: "demo", images },
      state: { ...made.state, app: "demo" },
    });
  });

  it("is not imported when the live image is not the one pushed last", async () => {
    await create();
    heroku.push(app, "web", "two");
    const live = heroku.emulator.machines.push(app.id, "web").slice(7, 19);

    expect(await failure(plugin.read(type, "demo"))).toBe(
      `app "demo" runs an image of "web" that is not the last one pushed, got ${live}; push and release it again, then import`,
    );
  });

  it("is gone with its app", async () => {
    const made = await create();
    await heroku.emulator.delete(`/apps/${app.id}`);

    expect((await plugin.read(type, made.id, made)).id).toBe("");
    await plugin.delete(type, made.id, made.state);
  });

  it("changes nothing on Heroku when it is deleted", async () => {
    const made = await create();
    const requests = heroku.requests.length;

    await plugin.delete(type, made.id, made.state);

    expect(heroku.requests).toHaveLength(requests);
  });

  it("asks for nothing in a preview, and knows what an update keeps", async () => {
    const made = await create();
    const requests = heroku.requests.length;

    const creation = await plugin.create(type, { app: computed, images: { web: computed } }, true);
    const update = await plugin.update(type, made.id, made.state, { app: app.id, images: { web: computed } }, true);

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

    expect(await failure(plugin.create(type, { app: "missing", images }))).toBe(
      'app to release to does not exist, got "missing"; create it first or correct "app"',
    );
    expect(await failure(plugin.create(type, { app: "classic", images }))).toBe(
      'app "classic" must be on the stack "container", got "heroku-24"; set the app\'s stack to "container"',
    );
  });

  it("names every image that cannot be released, before it releases any", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const wrong = { web: `localhost:5075/other/web@${digest}`, release: `localhost:5075/demo/release@${digest}` };

    expect(await failure(plugin.create(type, { app: app.id, images: wrong }))).toBe(
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
    const { failures } = await plugin.check(type, {
      app: "",
      images: { "no good": computed, web: "demo/web:latest", worker: reference },
    });

    expect(failures).toEqual({
      app: 'app must be an app\'s id or name, got ""',
      'images["no good"]': 'process type must be letters, digits, "-" and "_", at most 128, got "no good"',
      "images.web":
        'image of process type "web" must be <registry>/<app>/web@sha256:<64 hex digits>, got "demo/web:latest"',
      "images.worker": `image of process type "worker" must be in the repository of that type, got "${reference}"; push it as <registry>/<app>/worker@sha256:<64 hex digits>`,
    });
    expect((await plugin.check(type, { app: "demo", images: {} })).failures).toEqual({
      images: "images must hold an image of at least one process type, got none",
    });
  });

  it("is replaced for another app alone", async () => {
    const made = await create();

    expect(await plugin.diff(type, made, { ...made.inputs, app: "demo" })).toMatchObject({ changed: false });
    expect(await plugin.diff(type, made, { ...made.inputs, app: "other" })).toMatchObject({
      changed: true,
      replaces: ["app"],
      detailed: { app: "UPDATE_REPLACE" },
    });
  });
});
