import type { Store } from "../../../emulator/store/store";
import { Emulator } from "../../support/emulator";

interface Release {
  id: string;
  version: number;
  description: string;
  status: string;
  current: boolean;
  output_stream_url: string | null;
}

const DOCKER = { Accept: "application/vnd.heroku+json; version=3.docker-releases" };

/** A promise and what settles it. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe("releases", () => {
  let heroku: Emulator;
  let appId: string;
  const deploy = (content: string, types = ["web", "release"]) => {
    const updates = types.map((type) => ({ type, docker_image: heroku.machines.push(appId, type, content) }));
    return heroku.patch("/apps/sketch/formation", { updates }, DOCKER);
  };
  const all = async () => (await heroku.get<Release[]>("/apps/sketch/releases")).body;
  const newest = async () => (await all()).at(-1);
  const read = async (release: Release | undefined) => {
    const path = new URL(release?.output_stream_url ?? "").pathname;
    return (await heroku.call<string>("GET", path, { key: null })).body;
  };
  const open = async (store?: Store) => {
    heroku = await Emulator.open(store ? { store } : {});
  };

  beforeEach(async () => {
    await open();
    jest.spyOn(console, "error").mockImplementation(() => {});
    appId = String((await heroku.post("/apps", { name: "sketch", stack: "container" })).body.id);
  });
  afterEach(() => jest.restoreAllMocks());

  it("stay pending while the release phase runs, and the former one goes on", async () => {
    const phase = deferred<number>();
    heroku.machines.phase = () => phase.promise;
    const deployed = await deploy("one");

    expect(deployed.body).toMatchObject([
      { type: "web", command: "run web", docker_image: { id: expect.any(String) } },
      { type: "release", command: "run release", docker_image: { id: expect.any(String) } },
    ]);
    expect(await newest()).toMatchObject({ version: 3, status: "pending", current: false });
    expect((await all())[1]).toMatchObject({ version: 2, current: true });
    expect((await heroku.get("/apps/sketch/formation")).body).toEqual([]);

    phase.resolve(0);
    await heroku.idle();

    expect(await newest()).toMatchObject({ version: 3, status: "succeeded", current: true });
    expect((await heroku.get<{ type: string }[]>("/apps/sketch/formation")).body.map(({ type }) => type)).toEqual([
      "release",
      "web",
    ]);
  });

  it("fail with the release phase, and the former one goes on", async () => {
    await deploy("one");
    await heroku.idle();
    heroku.machines.phase = async (_release, write) => {
      write("no such table\n");
      return 1;
    };
    await deploy("two");
    await heroku.idle();

    const failed = await newest();
    expect(failed).toMatchObject({ version: 4, status: "failed", current: false });
    expect((await all())[2]).toMatchObject({ version: 3, current: true });
    expect(await read(failed)).toBe("no such table\n");
  });

  it("fail when the release phase cannot be run", async () => {
    heroku.machines.phase = async () => {
      throw new Error("no engine");
    };
    await deploy("one");
    await heroku.idle();

    expect(await newest()).toMatchObject({ status: "failed" });
    expect(await read(await newest())).toBe("Release phase could not be run: no engine\n");
  });

  it("fail when the release phase takes longer than an hour", async () => {
    heroku.machines.phase = (_release, _write, signal) =>
      new Promise((resolve) => signal?.addEventListener("abort", () => resolve(137)));
    await deploy("one");
    await new Promise((resolve) => setTimeout(resolve, 20));
    heroku.clock.advance(3_600_000);
    await heroku.idle();

    expect(await newest()).toMatchObject({ status: "failed" });
    expect(await read(await newest())).toBe("Release phase was stopped: it took longer than an hour.\n");
  });

  it("stream their output as it comes, until the outcome is known", async () => {
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
    await deploy("one");
    await began.promise;
    const reading = read(await newest()).then(async (text) => ({ text, status: (await newest())?.status }));
    phase.resolve(0);

    expect(await reading).toEqual({ text: "one\ntwo\n", status: "succeeded" });
  });

  it("tell the app's log what was done, and whether commands run", async () => {
    await deploy("one");
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await heroku.idle();
    await deploy("two", ["web"]);
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

  it("run the release phase for people's changes, not for a provider's", async () => {
    const ran: string[] = [];
    await deploy("one");
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
    expect((await newest())?.description).toBe("@ref:sketch-redis completed provisioning, setting REDIS_URL.");
  });

  it("keep the values of a config change whose release failed", async () => {
    await deploy("one");
    await heroku.idle();
    heroku.machines.phase = async () => 1;
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await heroku.idle();

    expect(await newest()).toMatchObject({ status: "failed" });
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({ A: "1" });
  });

  it("come one after another, each over the code that is current then", async () => {
    const phase = deferred<number>();
    heroku.machines.phase = () => phase.promise;
    await deploy("one");
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    expect((await all()).slice(2).map(({ status }) => status)).toEqual(["pending", "pending"]);

    phase.resolve(0);
    await heroku.idle();

    expect((await all()).slice(2).map(({ status, current }) => [status, current])).toEqual([
      ["succeeded", false],
      ["succeeded", true],
    ]);
    const types = (await heroku.get<{ type: string }[]>("/apps/sketch/formation")).body.map(({ type }) => type);
    expect(types).toEqual(["release", "web"]);
  });

  it("do not bring back by a config change the code whose release failed", async () => {
    await deploy("one");
    await heroku.idle();
    const phase = deferred<number>();
    heroku.machines.phase = ({ images }) =>
      images.web?.imageId === heroku.machines.push(appId, "web", "two") ? phase.promise : Promise.resolve(0);
    await deploy("two");
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    phase.resolve(1);
    await heroku.idle();

    const records = heroku.store.collection("releases").by("app", appId);
    expect(records.slice(2).map(({ status }) => status)).toEqual(["succeeded", "failed", "succeeded"]);
    expect(records.at(-1)?.images).toEqual(records.at(2)?.images);
  });

  it("roll back to the code and the people's vars of an earlier one, leaving add-ons alone", async () => {
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await deploy("one", ["web"]);
    await heroku.patch("/apps/sketch/config-vars", { A: "2" });
    await deploy("two", ["web"]);
    await heroku.post("/apps/sketch/addons", { plan: "heroku-redis:mini" });
    await heroku.idle();

    const { status, body } = await heroku.post("/apps/sketch/releases", { release: "v4" });

    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 9, description: "Rollback to v4", status: "succeeded", current: true });
    const records = heroku.store.collection("releases").by("app", appId);
    expect(records.at(-1)?.images).toEqual(records.at(3)?.images);
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({
      A: "1",
      REDIS_URL: expect.stringMatching(/^rediss:/),
    });
  });

  it("cannot be rolled back to without code that ran", async () => {
    const { status, body } = await heroku.post("/apps/sketch/releases", { release: "2" });

    expect(status).toBe(422);
    expect(body).toEqual({
      id: "invalid_params",
      message: "Cannot roll back to v2: it has no code that ran and is still kept.",
    });
  });

  it("take a slug's process types into the formation", async () => {
    const slug = await heroku.post("/apps/sketch/slugs", { process_types: { web: "serve", worker: "work" } });
    const { status, body } = await heroku.post("/apps/sketch/releases", { slug: slug.body.id });

    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 3, status: "succeeded", slug: { id: slug.body.id } });
    expect((await heroku.get("/apps/sketch/formation/web")).body).toMatchObject({ command: "serve", quantity: 1 });
    expect((await heroku.get("/apps/sketch/formation/worker")).body).toMatchObject({ command: "work", quantity: 0 });
  });

  it("run a release phase again that an earlier process left", async () => {
    heroku.machines.phase = () => new Promise(() => {});
    await deploy("one");
    expect(await newest()).toMatchObject({ status: "pending" });

    await open(heroku.store);
    await heroku.idle();

    expect(await newest()).toMatchObject({ version: 3, status: "succeeded", current: true });
    expect(await read(await newest())).toBe("migrated\n");
  });
});
