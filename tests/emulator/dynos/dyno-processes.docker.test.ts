import { unless } from "../../../emulator/docker/engine";
import { TestApps } from "../docker/test-apps";

let apps: TestApps;

beforeAll(async () => {
  apps = await TestApps.start();
});

afterAll(async () => expect(await apps?.destroy()).toEqual([]));

describe("dynos and their processes", () => {
  it("runs a web process with config vars, PORT, DYNO and a user that no image knows", async () => {
    await apps.deploy("env", {}, { GREETING: "hello" });
    const { text } = await apps.visit("env");
    expect(text).toContain("ENV GREETING=hello\n");
    expect(text).toContain("ENV DYNO=web.1\n");
    expect(text).toMatch(/ENV PORT=\d{4,5}\n/);
    expect(await apps.test.logLines("env")).toEqual(
      expect.arrayContaining([
        "heroku[web.1]: Starting process with command `perl /server.pl`",
        expect.stringMatching(/^app\[web\.1\]: booting as [1-5]\d{4} on web\.1$/),
        "heroku[web.1]: State changed from starting to up",
      ]),
    );
  });

  it("limits memory by the dyno's size", async () => {
    await apps.deploy("sized");
    await apps.test.until(() => apps.isUp("sized"));
    const limitOf = async () => {
      const [id = ""] = await apps.containerIds("sized");
      if (id === "") return undefined;
      // A listed container may be removed a moment later.
      const container = await apps.test.docker.getContainer(id).inspect().catch(unless(404, undefined));
      return container?.HostConfig;
    };
    expect(await limitOf()).toMatchObject({ Memory: 1024 * 2 ** 20, MemoryReservation: 512 * 2 ** 20 });
    await apps.test.call("PATCH", "/apps/sized/formation/web", { dyno_size: { name: "standard-2x" } });
    await apps.test.until(async () => (await limitOf())?.MemoryReservation === 1024 * 2 ** 20);
  });

  it("scales up and down, and takes requests round robin", async () => {
    await apps.deploy("scaled");
    await apps.test.call("PATCH", "/apps/scaled/formation/web", { dyno_size: { name: "standard-1x" }, quantity: 2 });
    await apps.test.until(async () => (await apps.isUp("scaled")) && (await apps.isUp("scaled", "web.2")));
    const seen = new Set<string>();
    for (let count = 0; count < 4; count++)
      seen.add(/ENV DYNO=(\S+)/.exec((await apps.visit("scaled")).text)?.[1] ?? "");
    expect([...seen].sort()).toEqual(["web.1", "web.2"]);
    await apps.test.call("PATCH", "/apps/scaled/formation/web", { quantity: 0 });
    await apps.test.until(async () => Object.keys(await apps.states("scaled")).length === 0);
    expect((await apps.visit("scaled")).status).toBe(503);
    await apps.test.until(async () =>
      (await apps.test.logLines("scaled")).some((line) => line.includes('code=H14 desc="No web processes running"')),
    );
  });

  it("runs a one-off dyno to its end and removes it", async () => {
    await apps.deploy("once", {}, { SECRET_OF_RUN: "s3" });
    const dyno = await apps.test.call<{ name: string; type: string }>("POST", "/apps/once/dynos", {
      command: "echo one-off $SECRET_OF_RUN $EXTRA",
      env: { EXTRA: "more" },
    });
    expect(dyno).toMatchObject({ name: expect.stringMatching(/^run\.\d{4}$/), type: "run" });
    await apps.test.until(async () =>
      (await apps.test.logLines("once")).includes(`app[${dyno.name}]: one-off s3 more`),
    );
    await apps.test.until(async () => (await apps.states("once"))[dyno.name] === undefined);
  });
});
