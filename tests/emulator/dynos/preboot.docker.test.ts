import { TestApps } from "../docker/test-apps";

let apps: TestApps;
let test: TestApps["test"];

beforeAll(async () => {
  apps = await TestApps.start();
  ({ test } = apps);
});

afterEach(() => lasting("instant"));

afterAll(async () => expect(await apps?.destroy()).toEqual([]));

/** How long preboot lasts: until the new dynos are up, or three minutes. */
async function lasting(profile: "instant" | "realistic"): Promise<void> {
  await test.call("PUT", "/_local/delays", { profile });
}

/** An app with two standard dynos that are up, and preboot. */
async function deploy(app: string): Promise<void> {
  await apps.deploy(app, { KIND: "one" });
  await test.call("PATCH", `/apps/${app}/formation/web`, { size: "standard-1x", quantity: 2 });
  await test.call("PATCH", `/apps/${app}/features/preboot`, { enabled: true });
  await test.until(() => areUp(app));
}

async function areUp(app: string): Promise<boolean> {
  return (await apps.isUp(app)) && (await apps.isUp(app, "web.2"));
}

/** The values of a variable that several visits find. */
async function seen(app: string, name: string): Promise<string[]> {
  const found = new Set<string>();
  for (let count = 0; count < 6; count++) {
    const { status, text } = await apps.visit(app);
    found.add(status === 200 ? (new RegExp(`ENV ${name}=(.*)`).exec(text)?.[1] ?? "") : String(status));
  }
  return [...found].sort();
}

function shownIds(app: string): Promise<{ id: string }[]> {
  return test.call("GET", `/apps/${app}/dynos`);
}

describe("preboot", () => {
  it("routes to the old dynos for three minutes, then only to the new ones, and stops the old ones", async () => {
    await deploy("switched");
    await lasting("realistic");
    const before = await shownIds("switched");
    await apps.releaseWeb("switched", { KIND: "two" });
    await test.until(async () => (await shownIds("switched")).every(({ id }) => !before.some((old) => old.id === id)));
    await test.until(() => areUp("switched"));
    expect(await seen("switched", "KIND")).toEqual(["one"]);

    await test.call("POST", "/_local/clock", { advance: 170 });
    expect(await seen("switched", "KIND")).toEqual(["one"]);
    const ended = "app[web.2]: terminating";
    expect(await test.logLines("switched")).not.toContain(ended);
    await test.call("POST", "/_local/clock", { advance: 10 });
    expect(await seen("switched", "KIND")).toEqual(["two"]);
    await test.until(async () => (await test.logLines("switched")).includes(ended));
  });

  it("restarts with another release, and the serving dynos keep serving", async () => {
    await deploy("again");
    await lasting("realistic");
    await test.call("PATCH", "/apps/again/config-vars", { ROUND: "two" });
    await test.until(() => areUp("again"));
    await test.call("POST", "/_local/clock", { advance: 120 });
    await test.call("PATCH", "/apps/again/config-vars", { ROUND: "three" });
    await test.until(() => areUp("again"));
    await test.call("POST", "/_local/clock", { advance: 120 });
    expect(await seen("again", "ROUND")).toEqual([""]);
    await test.call("POST", "/_local/clock", { advance: 60 });
    expect(await seen("again", "ROUND")).toEqual(["three"]);
  });

  it("switches to dynos that crash too, and no sooner", async () => {
    await deploy("crashing");
    await lasting("realistic");
    await test.call("PATCH", "/apps/crashing/config-vars", { BIND: "no address" });
    await test.until(async () => (await apps.states("crashing"))["web.1"] === "crashed");
    expect(await seen("crashing", "KIND")).toEqual(["one"]);
    await test.call("POST", "/_local/clock", { advance: 180 });
    await test.until(async () => (await apps.states("crashing"))["web.1"] === "crashed");
    expect((await apps.visit("crashing")).status).toBe(503);
  });

  it("lasts, on the profile instant, until all new dynos are up and no longer than they may boot", async () => {
    await deploy("quick");
    await test.call("PATCH", "/apps/quick/config-vars", { ROUND: "two" });
    await test.until(async () => (await seen("quick", "ROUND")).join() === "two");
    await test.call("PATCH", "/apps/quick/config-vars", { BIND: "no address" });
    await test.until(async () => (await apps.states("quick"))["web.1"] === "crashed");
    expect(await seen("quick", "ROUND")).toEqual(["two"]);
    await test.until(async () => (await apps.visit("quick")).status === 503);
  });

  it("loses no request, even with a program that exits at once on SIGTERM", async () => {
    await deploy("steady");
    let going = true;
    const visitor = async () => {
      const answers: string[] = [];
      while (going) {
        const { status, text } = await apps
          .visit("steady")
          .catch((error: Error) => ({ status: 0, text: error.message }));
        answers.push(status === 200 ? "200" : `${status} ${text}`);
      }
      return answers;
    };
    const visitors = [visitor(), visitor(), visitor(), visitor()];
    for (const round of ["two", "three", "four"]) {
      await test.call("PATCH", "/apps/steady/config-vars", { ROUND: round });
      await test.until(async () => (await seen("steady", "ROUND")).join() === round);
    }
    await test.call("PATCH", "/apps/steady/formation/web", { quantity: 1 });
    await test.until(
      async () => (await test.logLines("steady")).filter((line) => line.includes("SIGTERM")).length >= 7,
    );
    going = false;
    const answers = (await Promise.all(visitors)).flat();
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter((answer) => answer !== "200")).toEqual([]);
  });

  it("applies to restarts, too, and restarting one dyno does not affect others", async () => {
    await deploy("restarted");
    await lasting("realistic");
    const before = await shownIds("restarted");
    await test.call("DELETE", "/apps/restarted/dynos/web.2", undefined, [202]);
    await test.until(async () => (await shownIds("restarted"))[1]?.id !== before[1]?.id);
    await test.until(() => areUp("restarted"));
    expect((await shownIds("restarted"))[0]?.id).toBe(before[0]?.id);
    expect(await seen("restarted", "DYNO")).toEqual(["web.1", "web.2"]);
    expect(await test.logLines("restarted")).not.toContain("app[web.2]: terminating");
    await test.call("POST", "/_local/clock", { advance: 180 });
    await test.until(async () => (await test.logLines("restarted")).includes("app[web.2]: terminating"));
    expect(await seen("restarted", "DYNO")).toEqual(["web.1", "web.2"]);
  });

  it("continues after a restart of Local Heroku", async () => {
    await deploy("adopted");
    await lasting("realistic");
    await test.call("PATCH", "/apps/adopted/config-vars", { ROUND: "two" });
    await test.until(() => areUp("adopted"));
    await test.close();
    test.delays = { preboot: 180_000 };
    await test.reopen();
    await test.until(() => areUp("adopted"));
    expect(await seen("adopted", "ROUND")).toEqual([""]);
    // The clock of a reopened instance has no offset; it is behind the clock that the dynos were started with.
    await test.call("POST", "/_local/clock", { advance: 3_600 });
    expect(await seen("adopted", "ROUND")).toEqual(["two"]);
  });

  it("is not for basic dynos", async () => {
    await apps.deploy("basic", { KIND: "one" });
    await test.call("PATCH", "/apps/basic/features/preboot", { enabled: true });
    await test.until(() => apps.isUp("basic"));
    await lasting("realistic");
    await test.call("PATCH", "/apps/basic/config-vars", { ROUND: "two" });
    await test.until(async () => (await apps.visit("basic")).text.includes("ENV ROUND=two"));
  });
});
