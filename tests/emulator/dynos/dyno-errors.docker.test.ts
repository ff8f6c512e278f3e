import { TestApps } from "../docker/test-apps";

let apps: TestApps;

beforeAll(async () => {
  apps = await TestApps.start();
});

afterAll(async () => expect(await apps?.destroy()).toEqual([]));

describe("dynos that fail", () => {
  it("kills a web process that never listens on its port (R10), and visitors get H10", async () => {
    await apps.deploy("deaf", { BIND: "127.0.0.1" });
    await apps.test.until(async () =>
      (await apps.test.logLines("deaf")).includes("heroku[web.1]: State changed from starting to crashed"),
    );
    const lines = await apps.test.logLines("deaf");
    const from = lines.indexOf(
      "heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 3 seconds of launch",
    );
    expect(lines.slice(from, from + 4)).toEqual([
      "heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 3 seconds of launch",
      "heroku[web.1]: Stopping process with SIGKILL",
      "heroku[web.1]: Process exited with status 137",
      "heroku[web.1]: State changed from starting to crashed",
    ]);
    await apps.test.until(async () => (await apps.states("deaf"))["web.1"] === "crashed");
    expect((await apps.visit("deaf")).status).toBe(503);
    await apps.test.until(async () =>
      (await apps.test.logLines("deaf")).some((line) => line.includes('code=H10 desc="App crashed"')),
    );
  });

  it("kills a process that ignores SIGTERM (R12)", async () => {
    await apps.deploy("stubborn", { STUBBORN: "1" });
    await apps.test.until(() => apps.isUp("stubborn"));
    await apps.test.call("PATCH", "/apps/stubborn/formation/web", { quantity: 0 });
    await apps.test.until(async () =>
      (await apps.test.logLines("stubborn")).includes("heroku[web.1]: Process exited with status 137"),
    );
    expect(await apps.test.logLines("stubborn")).toEqual(
      expect.arrayContaining([
        "heroku[web.1]: Error R12 (Exit timeout) -> At least one process failed to exit within 2 seconds of SIGTERM",
        "heroku[web.1]: Stopping remaining processes with SIGKILL",
      ]),
    );
  });

  it("restarts a crashed dyno at once, then pauses", async () => {
    await apps.deploy("crashing");
    await apps.test.until(() => apps.isUp("crashing"));
    await apps.visit("crashing", "/exit/3").catch(() => {});
    await apps.test.until(async () =>
      (await apps.test.logLines("crashing")).includes("heroku[web.1]: State changed from crashed to starting"),
    );
    expect(await apps.test.logLines("crashing")).toContain("heroku[web.1]: Process exited with status 3");
    await apps.test.until(() => apps.isUp("crashing"));
    await apps.visit("crashing", "/exit/4").catch(() => {});
    await apps.test.until(async () => (await apps.states("crashing"))["web.1"] === "crashed");
  });

  it("logs a dyno over its memory quota (R14) and one killed for it (R15)", async () => {
    await apps.deploy("hungry");
    await apps.test.until(() => apps.isUp("hungry"));
    await apps.visit("hungry", "/memory/600");
    await apps.test.until(async () =>
      (await apps.test.logLines("hungry")).includes("heroku[web.1]: Error R14 (Memory quota exceeded)"),
    );
    await apps.visit("hungry", "/memory/600").catch(() => {});
    await apps.test.until(async () =>
      (await apps.test.logLines("hungry")).includes("heroku[web.1]: Error R15 (Memory quota vastly exceeded)"),
    );
  });
});
