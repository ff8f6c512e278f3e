import { DatabaseFixture } from "../../support/database-fixture";
import { failure } from "../../support/plugin-client";
import { scriptAddon, scriptReadiness, scriptSchedules } from "../../support/scripted-addon";
import { refusal } from "../../support/scripted-heroku";

const type = "BackupSchedule";

describe("BackupSchedule", () => {
  let fixture: DatabaseFixture;
  let inputs: DatabaseFixture["inputs"];
  let heroku: DatabaseFixture["heroku"];
  let plugin: DatabaseFixture["plugin"];
  let addon: DatabaseFixture["addon"];
  let schedules: DatabaseFixture["schedules"];
  let path: DatabaseFixture["path"];

  beforeEach(async () => {
    fixture = await DatabaseFixture.open();
    ({ heroku, plugin, addon, schedules, path, inputs } = fixture);
  });
  afterEach(() => fixture.close());

  it("makes the schedule and tells what Heroku made of it", async () => {
    const { id, state } = await fixture.create();

    expect(id).toBe("round-12345/schedule-1");
    expect(state).toEqual({
      ...inputs,
      databaseId: addon.id,
      databaseName: "round-12345",
      scheduleId: "schedule-1",
      days: [],
    });
    expect(heroku.seen.find(({ method }) => method === "POST")?.body).toEqual({
      schedule_name: "DATABASE_URL",
      hour: "3",
      timezone: "Europe/Berlin",
    });
  });

  it("tells the retention that comes with the plan", async () => {
    const retention = { days: ["Monday"], retain_weeks: 4, retain_months: null };
    schedules.push({ uuid: "schedule-1", name: "DATABASE_URL", hour: 1, timezone: "UTC", ...retention });

    const { state } = await fixture.create();

    expect(state).toMatchObject({ days: ["Monday"], retainWeeks: 4 });
    expect(state).not.toHaveProperty("retainMonths");
  });

  it("waits until the add-on is provisioned and its database takes requests", async () => {
    const provisioning = { body: { ...addon, plan: { name: addon.plan }, state: "provisioning" } };
    const provisioned = { body: { ...addon, plan: { name: addon.plan } } };
    heroku.on("GET /addons/round-12345", provisioning, provisioning, provisioned);
    const waiting = { body: { message: "preparing", "waiting?": true } };
    scriptReadiness(heroku, addon, refusal(404, "not_found", "Not found"), waiting, { body: { "waiting?": false } });

    await fixture.create();

    const wait = `GET /client/v11/databases/${addon.id}/wait_status`;
    expect(heroku.routes.slice(0, 7)).toEqual([
      ...Array(3).fill("GET /addons/round-12345"),
      ...Array(3).fill(wait),
      `POST ${path}`,
    ]);
  });

  it("removes a schedule of the same name that a POST has left beside the new one", async () => {
    schedules.push({ uuid: "schedule-1", name: "DATABASE_URL", hour: 9, timezone: "UTC" });
    scriptSchedules(heroku, addon, schedules, true);

    const { state } = await fixture.create();

    expect(state.scheduleId).toBe("schedule-2");
    expect(schedules).toEqual([expect.objectContaining({ uuid: "schedule-2", hour: "3" })]);
  });

  it("leaves schedules of other names alone", async () => {
    const other = { uuid: "schedule-9", name: "HEROKU_POSTGRESQL_BLUE_URL", hour: 9, timezone: "UTC" };
    schedules.push(other);
    scriptSchedules(heroku, addon, schedules);

    await fixture.create();

    expect(schedules).toContain(other);
  });

  it("fails when Heroku answers well and does something else", async () => {
    heroku.on(`POST ${path}`, () => {
      schedules.push({ uuid: "schedule-1", name: "DATABASE_URL", hour: 3, timezone: "Etc/UTC" });
      return { status: 201, body: {} };
    });

    expect(await failure(fixture.create())).toBe(
      'backup schedule "DATABASE_URL" of round-12345 is not what was asked for (3:00 Europe/Berlin), got 3:00 Etc/UTC; check the time zone with `heroku pg:backups:schedules`',
    );
  });

  it("repeats the POST after an error, and still makes one schedule", async () => {
    let tries = 0;
    heroku.on(`POST ${path}`, () => {
      tries += 1;
      schedules.splice(0, 1, { uuid: "schedule-1", name: "DATABASE_URL", hour: "03", timezone: "Europe/Berlin" });
      return tries === 1 ? refusal(502, "internal", "Bad gateway") : { status: 201, body: {} };
    });

    expect((await fixture.create()).state).toMatchObject({ scheduleId: "schedule-1", hour: 3 });
    expect(tries).toBe(2);
  });

  it("changes hour and zone in place", async () => {
    const made = await fixture.create();
    const news = { ...inputs, hour: 23, timezone: "UTC" };

    const diff = await plugin.diff(type, made, news);
    const state = await plugin.update(type, made.id, made.state, news);

    expect(diff).toEqual({
      changed: true,
      replaces: [],
      deleteBeforeReplace: false,
      detailed: { hour: "UPDATE", timezone: "UPDATE" },
    });
    expect(state).toMatchObject({ hour: 23, timezone: "UTC", scheduleId: "schedule-1" });
  });

  it("refuses an add-on of another service", async () => {
    scriptAddon(heroku, "heroku-redis:mini", { name: "square-1", id: "other" });

    expect(await failure(plugin.create(type, { ...inputs, database: "square-1" }))).toBe(
      'add-on "square-1" is not Heroku Postgres, got heroku-redis:mini; name an add-on of heroku-postgresql',
    );
  });

  it("says that a database does not exist", async () => {
    expect(await failure(plugin.create(type, { ...inputs, database: "missing" }))).toBe(
      "GET /addons/missing: 404 not_found: Couldn't find that resource.",
    );
  });
});
