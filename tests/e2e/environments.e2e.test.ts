import { query } from "../support/database";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { expectSoon } from "../support/soon";
import { StackDriver } from "../support/stack-driver";
import { BoardWindow, visit } from "../support/visitor";

interface Addon {
  id: string;
  addon_service: { name: string };
  plan: { name: string };
}

interface Transfer {
  num: number;
  uuid: string;
  succeeded: boolean | null;
  schedule: { uuid: string } | null;
}

/** The app answers plain HTTP, as Local Heroku has no TLS in front. */
const plainHttp = { "skechwime:configVars": { HTTPS_ONLY: "false" } };

describe("the stack dev", () => {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("dev", heroku.url, plainHttp);
    await stack.up();
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  const databaseOf = async (app: unknown) => {
    const addons = await heroku.api<Addon[]>("GET", `/apps/${app}/addons`);
    return addons.find(({ addon_service }) => addon_service.name === "heroku-postgresql")?.id ?? "";
  };

  it("runs on the smallest plans with one basic dyno", async () => {
    const { appName, plans, healthUrl } = await stack.outputs();
    expect(plans).toEqual({ postgres: "heroku-postgresql:essential-0", redis: "heroku-redis:mini" });
    const web = await heroku.api("GET", `/apps/${appName}/formation/web`);
    expect(web).toMatchObject({ quantity: 1, size: "Basic" });
    expect((await visit(String(healthUrl))).status).toBe(200);
  });

  it("backs up at the scheduled hour, and a restore brings a deleted row back", async () => {
    const { appName, appUrl } = await stack.outputs();
    const board = await BoardWindow.open(String(appUrl), "backup");
    const stroke = await board.draw();
    board.close();

    const { now } = await heroku.control<{ now: string }>("GET", "/clock");
    const hour = new Date(now);
    hour.setUTCHours(hour.getUTCHours() < 3 ? 3 : 27, 59, 59);
    await heroku.control("POST", "/clock", { now: hour.toISOString() });
    const transfers = () => heroku.api<Transfer[]>("GET", `/client/v11/apps/${appName}/transfers`);
    await expectSoon(async () =>
      (await transfers()).some(({ schedule, succeeded }) => schedule !== null && succeeded === true),
    );

    const { DATABASE_URL: url = "" } = await heroku.api<Record<string, string>>("GET", `/apps/${appName}/config-vars`);
    await query(url, "DELETE FROM boards_stroke");
    const backup = (await transfers()).find(({ schedule }) => schedule !== null);
    const path = `/client/v11/apps/${appName}/transfers/${backup?.num}/actions/public-url`;
    const link = await heroku.api<{ url: string }>("POST", path);
    const restore = { backup_url: link.url };
    const { uuid } = await heroku.api<Transfer>(
      "POST",
      `/client/v11/databases/${await databaseOf(appName)}/restores`,
      restore,
    );
    await expectSoon(async () => (await transfers()).some((one) => one.uuid === uuid && one.succeeded === true));
    expect(await query(url, "SELECT id FROM boards_stroke")).toEqual([{ id: stroke }]);
  });

  it("imports a backup schedule that was made by hand", async () => {
    const { appName } = await stack.outputs();
    const database = await databaseOf(appName);
    const type = "urn:pulumi:dev::skechwime::skechwime:components:BackupSchedule$heroku-native:index:BackupSchedule";
    await stack.succeed("state", "delete", `${type}::backups`, "--yes");
    await heroku.api("POST", `/client/v11/databases/${database}/transfer-schedules`, {
      hour: "03",
      timezone: "UTC",
      schedule_name: "DATABASE_URL",
    });
    const parent = "parent=urn:pulumi:dev::skechwime::skechwime:components:BackupSchedule::backups";
    const provider = "provider=urn:pulumi:dev::skechwime::pulumi:providers:heroku-native::heroku-native";
    await stack.succeed(
      ...["import", "heroku-native:index:BackupSchedule", "backups", database],
      ...["--parent", parent, "--provider", provider, "--yes", "--protect=false", "--generate-code=false"],
    );
    expect(await stack.preview()).toEqual([]);
  });

  it("goes down to nothing", async () => {
    await stack.destroy();
    await expectSoon(async () => (await heroku.containers()).length === 0);
  });
});

describe("the stack prod", () => {
  let heroku: LocalHerokuProcess;
  let stack: StackDriver;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    stack = await StackDriver.create("prod", heroku.url, { ...plainHttp, "skechwime:images": undefined });
    await stack.up();
  });

  afterAll(async () => {
    await heroku?.destroy();
    stack?.remove();
  });

  it("runs two standard dynos with preboot", async () => {
    const { appName, plans } = await stack.outputs();
    expect(plans).toEqual({ postgres: "heroku-postgresql:standard-0", redis: "heroku-redis:premium-0" });
    const web = await heroku.api("GET", `/apps/${appName}/formation/web`);
    expect(web).toMatchObject({ quantity: 2, size: "Standard-1X" });
    expect(await heroku.api("GET", `/apps/${appName}/features/preboot`)).toMatchObject({ enabled: true });
  });

  it("refuses to be destroyed while its data is protected, and leaves everything there", async () => {
    const { code, output } = await stack.run("destroy", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain("protected");
    const { healthUrl } = await stack.outputs();
    expect((await visit(String(healthUrl))).status).toBe(200);
  });

  it("goes down to nothing once protection is taken away", async () => {
    stack.configure({ "skechwime:protect": false });
    await stack.up();
    await stack.destroy();
    expect(await heroku.api("GET", "/apps")).toEqual([]);
    await expectSoon(async () => (await heroku.containers()).length === 0);
  });
});
