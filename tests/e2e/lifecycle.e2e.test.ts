import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { textsInImage } from "../support/image-bytes";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";
import { StackDriver } from "../support/stack-driver";
import { BoardWindow, visit } from "../support/visitor";

interface Release {
  version: number;
  description: string;
  status: string;
}

/** One stack from nothing to nothing, each step as its user would take it. The steps build on each other. */
describe("the stack local", () => {
  const apiKey = `HRKU-${randomUUID()}`;
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;
  let app: string;
  let url: string;
  let drawn: string;

  const releases = () => heroku.api<Release[]>("GET", `/apps/${app}/releases`);
  const newest = async () => Math.max(...(await releases()).map(({ version }) => version));
  const strokes = async () => {
    const window = await BoardWindow.open(url, "e2e");
    const found = await window.strokes();
    window.close();
    return found;
  };

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    await heroku.control("POST", "/seed", { accounts: [{ email: "dev@localhost", apiKey }] });
    stack = await StackDriver.create("local", heroku.url);
    await stack.succeed("config", "set", "--secret", "heroku:apiKey", apiKey);
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  it("shows everything that up will create", async () => {
    const steps = await stack.preview();
    expect(steps.every(({ op }) => op === "create")).toBe(true);
    const made = steps.map(({ resource }) => resource);
    for (const resource of ["App app", "Addon database", "Addon redis", "Image image-web", "Image image-release"]) {
      expect(made).toContain(resource);
    }
    expect(made).toEqual(
      expect.arrayContaining(["ContainerRelease release", "BackupSchedule backups", "RedisConfig redis-config"]),
    );
  });

  it("comes up from nothing to a running app", async () => {
    await stack.up();
    const outputs = await stack.outputs();
    app = String(outputs.appName);
    url = String(outputs.appUrl);
    expect(outputs).toMatchObject({
      plans: { postgres: "heroku-postgresql:essential-0", redis: "heroku-redis:mini" },
      backupSchedule: "03:00 UTC",
      releaseVersion: await newest(),
    });
    const health = await visit(String(outputs.healthUrl));
    expect([health.status, JSON.parse(health.body)]).toMatchObject([200, { status: "ok" }]);
  });

  it("shares strokes between windows and keeps them", async () => {
    const [one, other] = [await BoardWindow.open(url, "e2e"), await BoardWindow.open(url, "e2e")];
    drawn = await one.draw();
    await other.message((message) => message.type === "stroke");
    for (const window of [one, other]) window.close();
    expect(await strokes()).toEqual([drawn]);
  });

  it("has nothing to do the second time", async () => {
    const before = await newest();
    expect(await stack.preview()).toEqual([]);
    await heroku.clearRequests();
    await stack.up();
    expect(await heroku.requests()).toEqual([]);
    expect(await newest()).toBe(before);
  });

  it("changes the images and the release, and nothing else, for an edited template", async () => {
    const template = join(stack.folder, "app/boards/templates/boards/board.html");
    writeFileSync(template, readFileSync(template, "utf8").replace("</body>", "<!-- edited --></body>"));
    expect((await stack.preview()).map(({ op, resource }) => `${op} ${resource}`).sort()).toEqual([
      "update AppPreflight preflight",
      "update ContainerRelease release",
      "update Image image-release",
      "update Image image-web",
    ]);
    await stack.up();
    expect((await visit(`${url}/boards/e2e`)).body).toContain("<!-- edited -->");
    expect(await strokes()).toEqual([drawn]);
  });

  it("scales without a release", async () => {
    stack.configure({
      "skechwime:processTypes": {
        web: { target: "web", size: "standard-1x", quantity: 1 },
        release: { target: "release" },
      },
    });
    await stack.up();
    const before = await newest();
    stack.configure({
      "skechwime:processTypes": {
        web: { target: "web", size: "standard-1x", quantity: 2 },
        release: { target: "release" },
      },
    });
    expect(await stack.preview()).toEqual([{ op: "update", resource: "ContainerRelease release" }]);
    await stack.up();
    expect(await newest()).toBe(before);
    expect(await heroku.api("GET", `/apps/${app}/formation/web`)).toMatchObject({ quantity: 2 });
  });

  it("makes exactly one release for a changed secret config var", async () => {
    await stack.succeed("config", "set", "--secret", "--path", "skechwime:secretConfigVars.TOKEN", "hunter2");
    const before = await newest();
    const preview = await stack.succeed("preview", "--diff");
    expect(preview).not.toContain("hunter2");
    await stack.up();
    expect(await newest()).toBe(before + 1);
    expect(await heroku.api("GET", `/apps/${app}/config-vars`)).toMatchObject({ TOKEN: "hunter2" });
  });

  it("sees what was changed by hand, and puts it right", async () => {
    const addons = await heroku.api<{ id: string; addon_service: { name: string } }[]>("GET", `/apps/${app}/addons`);
    const idOf = (service: string) => addons.find(({ addon_service }) => addon_service.name === service)?.id;
    const [database, redis] = [idOf("heroku-postgresql"), idOf("heroku-redis")];
    await heroku.api("PATCH", `/apps/${app}/formation/web`, { quantity: 1 });
    await heroku.api("PATCH", `/apps/${app}/config-vars`, { TOKEN: "by hand" });
    await heroku.api("POST", `/client/v11/databases/${database}/transfer-schedules`, {
      hour: "5",
      timezone: "UTC",
      schedule_name: "DATABASE_URL",
    });
    await heroku.api("PATCH", `/redis/v0/databases/${redis}/config`, { maxmemory_policy: "noeviction" });
    const first = (await releases()).find(({ description }) => description.startsWith("Deployed"));
    await heroku.api("POST", `/apps/${app}/releases`, { release: String(first?.version) });
    while ((await releases()).some(({ status }) => status === "pending")) await pause(200);

    await stack.refresh();
    expect((await stack.preview()).map(({ resource }) => resource).sort()).toEqual([
      "BackupSchedule backups",
      "ConfigAssociation app-config",
      "ContainerRelease release",
      "RedisConfig redis-config",
    ]);
    await stack.up();
    await stack.refresh();
    expect(await stack.preview()).toEqual([]);
    expect(await heroku.api("GET", `/apps/${app}/config-vars`)).toMatchObject({ TOKEN: "hunter2" });
    expect((await visit(`${url}/boards/e2e`)).body).toContain("<!-- edited -->");
  });

  it("keeps planted secrets out of the state, what is printed, logs and images", async () => {
    const vars = await heroku.api<Record<string, string>>("GET", `/apps/${app}/config-vars`);
    const planted = [apiKey, vars.SECRET_KEY, vars.DATABASE_URL, vars.REDIS_URL, "hunter2"].map(String);
    expect(planted.every((secret) => secret.length > 6)).toBe(true);
    await stack.succeed("preview", "--diff", "--show-sames");
    const places = {
      state: await stack.export(),
      "what pulumi printed": stack.printed,
      "Local Heroku's log": heroku.log,
      "the app's log": await heroku.appLog(app),
    };
    for (const [place, text] of Object.entries(places)) {
      expect([place, text.length > 100, planted.filter((secret) => text.includes(secret))]).toEqual([place, true, []]);
    }
    const { image } = await stack.outputs();
    for (const reference of Object.values<string>(Object(image).references)) {
      expect(await textsInImage(reference, [...planted, "uvicorn"])).toEqual(["uvicorn"]);
    }
  });

  it("goes down to nothing", async () => {
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
    expect(await heroku.api("GET", "/addons")).toEqual([]);
    await expectSoon(async () => (await heroku.containers()).length === 0);
  });
});
