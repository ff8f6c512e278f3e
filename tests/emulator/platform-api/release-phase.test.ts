import { deferred } from "../../support/deferred";
import { EmulatedApp } from "../../support/emulated-app";

describe("ReleaseRunner", () => {
  let app: EmulatedApp;
  let heroku: EmulatedApp["heroku"];

  beforeEach(async () => {
    app = await EmulatedApp.open();
    ({ heroku } = app);
    jest.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => jest.restoreAllMocks());

  it("leaves a release pending and the previous one current while the release phase runs", async () => {
    const phase = deferred<number>();
    heroku.machines.phase = () => phase.promise;
    const deployed = await app.deploy("one");

    expect(deployed.body).toMatchObject([
      { type: "web", command: "run web", docker_image: { id: expect.any(String) } },
      { type: "release", command: "run release", docker_image: { id: expect.any(String) } },
    ]);
    expect(await app.newest()).toMatchObject({ version: 3, status: "pending", current: false });
    expect((await app.releases())[1]).toMatchObject({ version: 2, current: true });
    expect((await heroku.get("/apps/sketch/formation")).body).toEqual([]);

    phase.resolve(0);
    await heroku.idle();

    expect(await app.newest()).toMatchObject({ version: 3, status: "succeeded", current: true });
    expect((await heroku.get<{ type: string }[]>("/apps/sketch/formation")).body.map(({ type }) => type)).toEqual([
      "release",
      "web",
    ]);
  });

  it("fails a release with its release phase and leaves the previous one current", async () => {
    await app.deploy("one");
    await heroku.idle();
    heroku.machines.phase = async (_release, write) => {
      write("no such table\n");
      return 1;
    };
    await app.deploy("two");
    await heroku.idle();

    const failed = await app.newest();
    expect(failed).toMatchObject({ version: 4, status: "failed", current: false });
    expect((await app.releases())[2]).toMatchObject({ version: 3, current: true });
    expect(await app.output(failed)).toBe("no such table\n");
  });

  it("fails a release whose release phase cannot be run", async () => {
    heroku.machines.phase = async () => {
      throw new Error("no engine");
    };
    await app.deploy("one");
    await heroku.idle();

    expect(await app.newest()).toMatchObject({ status: "failed" });
    expect(await app.output(await app.newest())).toBe("Release phase could not be run: no engine\n");
  });

  it("fails a release whose release phase takes longer than an hour", async () => {
    heroku.machines.phase = (_release, _write, signal) =>
      new Promise((resolve) => signal?.addEventListener("abort", () => resolve(137)));
    await app.deploy("one");
    await new Promise((resolve) => setTimeout(resolve, 20));
    heroku.clock.advance(3_600_000);
    await heroku.idle();

    expect(await app.newest()).toMatchObject({ status: "failed" });
    expect(await app.output(await app.newest())).toBe("Release phase was stopped: it took longer than an hour.\n");
  });

  it("streams the output until the outcome is known", async () => {
    const phase = deferred<number>();
    const began = deferred<void>();
    heroku.machines.phase = (_release, write) => {
      write("one\n");
      began.resolve();
      return phase.promise.then((code) => {
        write("two\n");
        return code;
      });
    };
    await app.deploy("one");
    await began.promise;
    const reading = app
      .output(await app.newest())
      .then(async (text) => ({ text, status: (await app.newest())?.status }));
    phase.resolve(0);

    expect(await reading).toEqual({ text: "one\ntwo\n", status: "succeeded" });
  });

  it("logs what changed, and whether commands run", async () => {
    await app.deploy("one");
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await heroku.idle();
    await app.deploy("two", ["web"]);
    await heroku.idle();

    const lines = heroku.machines.lines.filter(({ dyno }) => dyno === "api").map(({ message }) => message);
    expect(lines).toEqual([
      "Initial release by user dev@localhost",
      "Release v1 created by user dev@localhost",
      "Enable Logplex by user dev@localhost",
      "Release v2 created by user dev@localhost",
      expect.stringMatching(/^Deployed release \([0-9a-f]{12}\), web \([0-9a-f]{12}\) by user dev@localhost$/),
      "Running release v3 commands by user dev@localhost",
      "Set A config vars by user dev@localhost",
      "Release v4 created by user dev@localhost",
      expect.stringMatching(/^Deployed web \([0-9a-f]{12}\) by user dev@localhost$/),
      "Running release v5 commands by user dev@localhost",
    ]);
  });

  it("runs the release phase for users' changes, not for a provider's", async () => {
    const ran: string[] = [];
    await app.deploy("one");
    await heroku.idle();
    heroku.machines.phase = async ({ description }) => {
      ran.push(description);
      return 0;
    };
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await heroku.post("/apps/sketch/addons", { plan: "heroku-redis:mini", name: "sketch-redis" });
    await heroku.idle();
    await heroku.patch("/apps/sketch/formation/web", { quantity: 0 });
    await heroku.idle();

    expect(ran).toEqual(["Set A config vars", "Attach REDIS (@ref:sketch-redis)"]);
    expect((await app.newest())?.description).toBe("@ref:sketch-redis completed provisioning, setting REDIS_URL.");
  });

  it("runs an interrupted release phase again", async () => {
    heroku.machines.phase = () => new Promise(() => {});
    await app.deploy("one");
    expect(await app.newest()).toMatchObject({ status: "pending" });

    await app.restart();
    await app.heroku.idle();

    expect(await app.newest()).toMatchObject({ version: 3, status: "succeeded", current: true });
    expect(await app.output(await app.newest())).toBe("migrated\n");
  });
});
