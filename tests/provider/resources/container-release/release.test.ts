import { ContainerAppFixture } from "../../support/container-app-fixture";
import { partialState } from "../../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "ContainerRelease";

describe("ContainerRelease", () => {
  let fixture: ContainerAppFixture;
  let heroku: ContainerAppFixture["heroku"];
  let app: ContainerAppFixture["app"];
  let images: ContainerAppFixture["images"];

  beforeEach(async () => {
    fixture = await ContainerAppFixture.open();
    ({ heroku, app, images } = fixture);
  });
  afterEach(() => fixture.close());

  const hangs: typeof fixture.phase = (_release, write, signal) => {
    write("waiting for a lock\n");
    return new Promise((resolve) => signal?.addEventListener("abort", () => resolve(0)));
  };
  const released = async () => {
    while (!heroku.requests.some((request) => request.startsWith("PATCH"))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };

  it("releases the images of all process types in one release and waits for it", async () => {
    const { id, state } = await fixture.create();

    const web = heroku.emulator.machines.push(app.id, "web");
    const release = heroku.emulator.machines.push(app.id, "release");
    expect(id).toBe(app.id);
    expect(state).toEqual({
      ...fixture.inputs,
      appId: app.id,
      appName: "demo",
      imageIds: { web, release },
      dockerImages: { web: expect.any(String), release: expect.any(String) },
      history: [expect.any(String)],
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
    const { id, state, inputs } = await fixture.create();

    const again = await fixture.plugin.update(type, id, state, inputs);

    expect(again).toEqual(state);
    expect(await heroku.releases(app.id)).toHaveLength(3);
  });

  it("fails with the release phase's output and what is live, and keeps what the next run needs", async () => {
    fixture.phase = async (_release, write) => {
      write("Applying boards.0002\npsycopg.errors.UndefinedColumn: no column x\n");
      return 1;
    };

    const partial = await partialState(fixture.plugin.create(type, fixture.inputs));

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
    fixture.phase = async () => 1;
    const { properties, id } = await partialState(fixture.plugin.create(type, fixture.inputs));
    fixture.phase = async () => 0;

    const diff = await fixture.plugin.diff(type, { inputs: fixture.inputs, state: properties }, fixture.inputs);
    const state = await fixture.plugin.update(type, id, properties, fixture.inputs);

    expect(diff).toMatchObject({ changed: true, replaces: [], detailed: { status: "UPDATE" } });
    expect(state).toMatchObject({ version: 4, status: "succeeded" });
  });

  it("stops a release phase that takes longer than it may, and says so", async () => {
    fixture.phase = hangs;

    const partial = await partialState(fixture.plugin.create(type, { ...fixture.inputs, releaseTimeout: 120 }));

    expect(partial.message).toBe(
      [
        'release v3 of app "demo" must succeed, got a release phase that ran longer than 2 min and was stopped; ' +
          "correct what its release phase reports, or set a longer releaseTimeout, and run `pulumi up` again",
        "last output of its release phase:",
        "    waiting for a lock",
        "live now is v2 (Enable Logplex)",
      ].join("\n"),
    );
    expect(partial.properties).toMatchObject({ version: 3, status: "failed" });
  });

  it("waits for somebody else's release to end", async () => {
    let end: (exitCode: number) => void = () => {};
    fixture.phase = () => new Promise((resolve) => (end = resolve));
    await fixture.create({ images: { web: images.web } });
    await heroku.emulator.patch(
      `/apps/${app.id}/formation`,
      { updates: [{ type: "release", docker_image: heroku.emulator.machines.push(app.id, "release") }] },
      { Accept: "application/vnd.heroku+json; version=3.docker-releases" },
    );
    const requests = heroku.requests.length;

    const creation = fixture.plugin.create(type, fixture.inputs);
    while (heroku.runtime.sleeps.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    const meanwhile = heroku.requests.slice(requests);
    fixture.phase = async () => 0;
    end(0);

    expect((await creation).state).toMatchObject({ status: "succeeded" });
    expect(meanwhile.filter((request) => request.startsWith("PATCH"))).toEqual([]);
  });

  it("stops the hanging release phase that an interrupted run has left, and goes on", async () => {
    fixture.phase = hangs;
    const creation = partialState(fixture.plugin.create(type, fixture.inputs));
    await released();
    await fixture.plugin.cancel();
    const { properties, id } = await creation;
    await fixture.restartPlugin();
    fixture.phase = async () => 0;

    const next = { ...fixture.inputs, releaseTimeout: 120 };

    expect(await fixture.plugin.update(type, id, properties, next)).toMatchObject({ version: 4, status: "succeeded" });
    expect((await heroku.releases(app.id)).slice(2)).toHaveLength(2);
  });

  it("keeps what is under way when it is cancelled, and goes on from there", async () => {
    let end: (exitCode: number) => void = () => {};
    fixture.phase = () => new Promise((resolve) => (end = resolve));
    const creation = partialState(fixture.plugin.create(type, fixture.inputs));
    await released();
    await fixture.plugin.cancel();

    const { message, properties, id } = await creation;
    end(0);
    await heroku.emulator.idle();
    await fixture.restartPlugin();

    expect(message).toBe("the operation was cancelled, got an interrupt; run `pulumi up` to go on");
    expect(properties).toMatchObject({ version: 3, status: "pending" });
    expect(await fixture.plugin.update(type, id, properties, fixture.inputs)).toMatchObject({
      version: 3,
      status: "succeeded",
    });
  });
});
