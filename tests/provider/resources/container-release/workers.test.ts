import { ContainerAppFixture } from "../../support/container-app-fixture";
import { failure } from "../../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a busy machine.
jest.setTimeout(30_000);

const type = "ContainerRelease";

describe("ContainerRelease with dynos that have no health route", () => {
  let fixture: ContainerAppFixture;
  let heroku: ContainerAppFixture["heroku"];
  let app: ContainerAppFixture["app"];

  beforeEach(async () => {
    fixture = await ContainerAppFixture.open();
    ({ heroku, app } = fixture);
  });
  afterEach(() => fixture.close());

  /** Deploys a web process and a worker, both scaled up; returns the inputs that release another worker. */
  async function deployed() {
    const images = { ...fixture.images, worker: heroku.push(app, "worker") };
    const made = await fixture.create({ images });
    await heroku.emulator.patch(`/apps/${app.id}/formation/worker`, { quantity: 1 });
    await heroku.emulator.idle();
    return { ...made, next: { ...made.inputs, images: { ...images, worker: heroku.push(app, "worker", "two") } } };
  }

  /** Puts the worker into these states, a pause of the plugin apart. */
  const workerStates = (...states: string[]) => {
    const { sleep } = heroku.runtime;
    heroku.runtime.sleep = (...args) => {
      const state = states.shift();
      for (const dyno of heroku.emulator.machines.dynoRows) {
        if (state !== undefined && dyno.type === "worker") Object.assign(dyno, { state });
      }
      return sleep(...args);
    };
  };

  it("watches a worker for ten seconds after it has come up", async () => {
    const { id, state, next } = await deployed();
    const before = heroku.runtime.now();

    expect(await fixture.plugin.update(type, id, state, next)).toMatchObject({ status: "succeeded" });
    expect(heroku.runtime.now() - before).toBeGreaterThanOrEqual(10_000);
  });

  it("puts back what was there when a worker crashes after it was up, with the worker's log", async () => {
    const { id, state, next } = await deployed();
    workerStates("up", "up", "crashed");
    heroku.log.push("2026-11-01T00:00:00.000000+00:00 app[worker.1]: ModuleNotFoundError: tasks");

    const message = await failure(fixture.plugin.update(type, id, state, next));

    expect(message).toContain('dyno worker.1 of app "demo" must be up, got "crashed"');
    expect(message).toContain("last lines of worker.1's log:\n");
    expect(message).toContain("ModuleNotFoundError: tasks");
    expect(message).toMatch(/has put the images of v3 back/);
  });

  it("does not accept a worker that restarts meanwhile", async () => {
    const { id, state, next } = await deployed();
    workerStates("up", "starting", "up");

    expect(await failure(fixture.plugin.update(type, id, state, next))).toContain(
      'dyno worker.1 of app "demo" must stay up for 10 s, got "starting" again',
    );
  });

  it("watches no longer than settleTime", async () => {
    const { id, state, next } = await deployed();
    workerStates("up", "up", "up", "up", "up", "crashed");

    expect(await fixture.plugin.update(type, id, state, { ...next, settleTime: 1 })).toMatchObject({
      status: "succeeded",
    });
  });
});
