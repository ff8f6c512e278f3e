import { TestApps } from "../docker/test-apps";
import { buildImage, buildWebImage, removeImages } from "../docker/test-image";
import { SHORT_LIMITS, TestInstance } from "../docker/test-instance";

let test: TestInstance;
let apps: TestApps;
let web: string;

beforeAll(async () => {
  test = await TestInstance.start({ dynoLimits: SHORT_LIMITS });
  apps = new TestApps(test);
  await test.addApp("base");
  web = await apps.pushed("base", "web", (tag) => buildWebImage(tag));
});

afterAll(async () => {
  await test?.destroy();
  await apps?.removeImages();
  expect(await test?.leftovers()).toEqual([]);
});

describe("dynos", () => {
  it("runs a web process with config vars, PORT, DYNO and a user that no image knows", async () => {
    await apps.deploy("env", {}, { GREETING: "hello" });
    const { text } = await apps.visit("env");
    expect(text).toContain("ENV GREETING=hello\n");
    expect(text).toContain("ENV DYNO=web.1\n");
    expect(text).toMatch(/ENV PORT=\d{4,5}\n/);
    expect(await test.logLines("env")).toEqual(
      expect.arrayContaining([
        "heroku[web.1]: Starting process with command `perl /server.pl`",
        expect.stringMatching(/^app\[web\.1\]: booting as [1-5]\d{4} on web\.1$/),
        "heroku[web.1]: State changed from starting to up",
      ]),
    );
  });

  it("limits memory by the dyno's size", async () => {
    await apps.deploy("sized");
    await test.until(() => apps.isUp("sized"));
    const limitOf = async () => {
      const [id = ""] = await containerIds("sized");
      return id === "" ? undefined : (await test.docker.getContainer(id).inspect()).HostConfig;
    };
    expect(await limitOf()).toMatchObject({ Memory: 1024 * 2 ** 20, MemoryReservation: 512 * 2 ** 20 });
    await test.call("PATCH", "/apps/sized/formation/web", { dyno_size: { name: "standard-2x" } });
    await test.until(async () => (await limitOf())?.MemoryReservation === 1024 * 2 ** 20);
  });

  it("scales up and down, and takes requests round robin", async () => {
    await apps.deploy("scaled");
    await test.call("PATCH", "/apps/scaled/formation/web", { dyno_size: { name: "standard-1x" }, quantity: 2 });
    await test.until(async () => (await apps.isUp("scaled")) && (await apps.isUp("scaled", "web.2")));
    const seen = new Set<string>();
    for (let count = 0; count < 4; count++)
      seen.add(/ENV DYNO=(\S+)/.exec((await apps.visit("scaled")).text)?.[1] ?? "");
    expect([...seen].sort()).toEqual(["web.1", "web.2"]);
    await test.call("PATCH", "/apps/scaled/formation/web", { quantity: 0 });
    await test.until(async () => Object.keys(await apps.states("scaled")).length === 0);
    expect((await apps.visit("scaled")).status).toBe(503);
    await test.until(async () =>
      (await test.logLines("scaled")).some((line) => line.includes('code=H14 desc="No web processes running"')),
    );
  });

  it("replaces the dynos at a release, and gracefully: SIGTERM first", async () => {
    await apps.deploy("released");
    await test.until(() => apps.isUp("released"));
    await test.call("PATCH", "/apps/released/config-vars", { NEW: "value" });
    await test.until(async () => (await apps.visit("released")).text.includes("ENV NEW=value"));
    await test.until(async () =>
      (await test.logLines("released")).includes("heroku[web.1]: Process exited with status 0"),
    );
    const lines = await test.logLines("released");
    expect(lines).toContain("heroku[web.1]: Stopping all processes with SIGTERM");
    expect(lines).toContain("app[web.1]: terminating");
  });

  it("tells dynos their app and release once the app has runtime-dyno-metadata, from the next release on", async () => {
    await apps.deploy("told");
    await test.until(() => apps.isUp("told"));
    await test.call("PATCH", "/apps/told/features/runtime-dyno-metadata", { enabled: true });
    await test.call("DELETE", "/apps/told/dynos/web.1", undefined, [202]);
    await test.until(async () => (await test.logLines("told")).includes("heroku[web.1]: Restarting"));
    expect((await apps.visit("told")).text).not.toContain("HEROKU_");
    await test.call("PATCH", "/apps/told/config-vars", { ROUND: "two" });
    await test.until(async () => (await apps.visit("told")).text.includes("ENV HEROKU_RELEASE_VERSION=v4\n"));
    const { id } = await test.call<{ id: string }>("GET", "/apps/told");
    const { text } = await apps.visit("told");
    expect(text).toContain(`ENV HEROKU_APP_ID=${id}\nENV HEROKU_APP_NAME=told\n`);
    expect(text).toContain("ENV HEROKU_APP_DEFAULT_DOMAIN_NAME=told.localhost\n");
    expect(text).toMatch(/ENV HEROKU_RELEASE_CREATED_AT=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n/);
    expect(text).toContain("ENV HEROKU_SLUG_COMMIT=\nENV HEROKU_SLUG_DESCRIPTION=Set ROUND config vars\n");
  });

  it("kills a web process that never listens on its port (R10), and says H10 to its visitors", async () => {
    await apps.deploy("deaf", { BIND: "127.0.0.1" });
    await test.until(async () =>
      (await test.logLines("deaf")).includes("heroku[web.1]: State changed from starting to crashed"),
    );
    const lines = await test.logLines("deaf");
    const from = lines.indexOf(
      "heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 3 seconds of launch",
    );
    expect(lines.slice(from, from + 4)).toEqual([
      "heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 3 seconds of launch",
      "heroku[web.1]: Stopping process with SIGKILL",
      "heroku[web.1]: Process exited with status 137",
      "heroku[web.1]: State changed from starting to crashed",
    ]);
    await test.until(async () => (await apps.states("deaf"))["web.1"] === "crashed");
    expect((await apps.visit("deaf")).status).toBe(503);
    await test.until(async () =>
      (await test.logLines("deaf")).some((line) => line.includes('code=H10 desc="App crashed"')),
    );
  });

  it("kills a process that ignores SIGTERM (R12)", async () => {
    await apps.deploy("stubborn", { STUBBORN: "1" });
    await test.until(() => apps.isUp("stubborn"));
    await test.call("PATCH", "/apps/stubborn/formation/web", { quantity: 0 });
    await test.until(async () =>
      (await test.logLines("stubborn")).includes("heroku[web.1]: Process exited with status 137"),
    );
    expect(await test.logLines("stubborn")).toEqual(
      expect.arrayContaining([
        "heroku[web.1]: Error R12 (Exit timeout) -> At least one process failed to exit within 2 seconds of SIGTERM",
        "heroku[web.1]: Stopping remaining processes with SIGKILL",
      ]),
    );
  });

  it("starts a crashed dyno again at once, then rests", async () => {
    await apps.deploy("crashing");
    await test.until(() => apps.isUp("crashing"));
    await apps.visit("crashing", "/exit/3").catch(() => {});
    await test.until(async () =>
      (await test.logLines("crashing")).includes("heroku[web.1]: State changed from crashed to starting"),
    );
    expect(await test.logLines("crashing")).toContain("heroku[web.1]: Process exited with status 3");
    await test.until(() => apps.isUp("crashing"));
    await apps.visit("crashing", "/exit/4").catch(() => {});
    await test.until(async () => (await apps.states("crashing"))["web.1"] === "crashed");
  });

  it("tells of a dyno over its memory quota (R14) and of one killed for it (R15)", async () => {
    await apps.deploy("hungry");
    await test.until(() => apps.isUp("hungry"));
    await apps.visit("hungry", "/memory/600");
    await test.until(async () =>
      (await test.logLines("hungry")).includes("heroku[web.1]: Error R14 (Memory quota exceeded)"),
    );
    await apps.visit("hungry", "/memory/600").catch(() => {});
    await test.until(async () =>
      (await test.logLines("hungry")).includes("heroku[web.1]: Error R15 (Memory quota vastly exceeded)"),
    );
  });

  it("runs the release phase before the new release serves, and keeps the old one when it fails", async () => {
    await apps.deploy("phased");
    await test.until(() => apps.isUp("phased"));
    const fails = await apps.pushed("phased", "release", (tag) =>
      buildImage(tag, 'CMD ["/bin/sh", "-c", "echo migrating $DYNO; exit 7"]'),
    );
    await test.release("phased", { web, release: fails }).catch(() => {});
    const release = async () =>
      (await test.call<{ status: string; version: number }[]>("GET", "/apps/phased/releases")).at(-1);
    await test.until(async () => (await release())?.status === "failed");
    const lines = await test.logLines("phased");
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^app\[release\.\d{4}\]: migrating release\.\d{4}$/),
        expect.stringMatching(/^heroku\[release\.\d{4}\]: Process exited with status 7$/),
      ]),
    );
    expect((await apps.visit("phased")).text).toContain("ENV KIND=web");
  });

  it("runs a one-off dyno to its end and removes it", async () => {
    await apps.deploy("once", {}, { SECRET_OF_RUN: "s3" });
    const dyno = await test.call<{ name: string; type: string }>("POST", "/apps/once/dynos", {
      command: "echo one-off $SECRET_OF_RUN $EXTRA",
      env: { EXTRA: "more" },
    });
    expect(dyno).toMatchObject({ name: expect.stringMatching(/^run\.\d{4}$/), type: "run" });
    await test.until(async () => (await test.logLines("once")).includes(`app[${dyno.name}]: one-off s3 more`));
    await test.until(async () => (await apps.states("once"))[dyno.name] === undefined);
  });

  it("pulls an image that the engine does not have", async () => {
    await apps.deploy("pulled", { KIND: "pulled" });
    await test.until(() => apps.isUp("pulled"));
    await test.call("PATCH", "/apps/pulled/formation/web", { quantity: 0 });
    await test.until(async () => (await containerIds("pulled")).length === 0);
    await removeImages(`${test.host}/pulled/web`);
    await test.call("PATCH", "/apps/pulled/formation/web", { quantity: 1 });
    await test.until(() => apps.isUp("pulled"));
    expect((await apps.visit("pulled")).text).toContain("ENV KIND=pulled");
  });

  it("finds its dynos again after a restart of the program", async () => {
    await apps.deploy("adopted", { KIND: "adopted" });
    await test.until(() => apps.isUp("adopted"));
    const before = await containerIds("adopted");
    await test.close();
    await test.reopen();
    expect(await containerIds("adopted")).toEqual(before);
    await test.until(() => apps.isUp("adopted"));
    expect((await apps.visit("adopted")).text).toContain("ENV KIND=adopted");
  });

  it("leaves no container of an app that was destroyed", async () => {
    await apps.deploy("destroyed");
    await test.until(() => apps.isUp("destroyed"));
    const id = await appId("destroyed");
    await test.call("DELETE", "/apps/destroyed");
    await test.until(async () => (await containersOf(id)).length === 0);
  });
});

async function appId(app: string): Promise<string> {
  return (await test.call<{ id: string }>("GET", `/apps/${app}`)).id;
}

async function containersOf(id: string) {
  return test.docker.listContainers({ all: true, filters: JSON.stringify({ label: [`local-heroku.app=${id}`] }) });
}

async function containerIds(app: string): Promise<string[]> {
  return (await containersOf(await appId(app))).map(({ Id }) => Id);
}
