import { computed, failure, PluginClient } from "../support/plugin-client";
import {
  type Schedule,
  type ScriptedAddon,
  scriptAddon,
  scriptReadiness,
  scriptSchedules,
} from "../support/scripted-addon";
import { refusal, ScriptedHeroku } from "../support/scripted-heroku";

const type = "BackupSchedule";
const inputs = { database: "round-12345", hour: 3, timezone: "Europe/Berlin", name: "DATABASE_URL" };

describe("BackupSchedule", () => {
  let heroku: ScriptedHeroku;
  let plugin: PluginClient;
  let addon: ScriptedAddon;
  let schedules: Schedule[];
  let path: string;

  beforeEach(async () => {
    heroku = await ScriptedHeroku.start();
    plugin = await PluginClient.start(heroku.url);
    addon = scriptAddon(heroku, "heroku-postgresql:essential-0");
    path = `/client/v11/databases/${addon.id}/transfer-schedules`;
    schedules = [];
    scriptSchedules(heroku, addon, schedules);
  });
  afterEach(async () => {
    plugin.stop();
    await heroku.stop();
  });

  const create = async () => ({ inputs, ...(await plugin.create(type, inputs)) });

  it("makes the schedule and tells what Heroku made of it", async () => {
    const { id, state } = await create();

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

    const { state } = await create();

    expect(state).toMatchObject({ days: ["Monday"], retainWeeks: 4 });
    expect(state).not.toHaveProperty("retainMonths");
  });

  it("waits until the add-on is provisioned and its database takes requests", async () => {
    const provisioning = { body: { ...addon, plan: { name: addon.plan }, state: "provisioning" } };
    const provisioned = { body: { ...addon, plan: { name: addon.plan } } };
    heroku.on("GET /addons/round-12345", provisioning, provisioning, provisioned);
    const waiting = { body: { message: "preparing", "waiting?": true } };
    scriptReadiness(heroku, addon, refusal(404, "not_found", "Not found"), waiting, { body: { "waiting?": false } });

    await create();

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

    const { state } = await create();

    expect(state.scheduleId).toBe("schedule-2");
    expect(schedules).toEqual([expect.objectContaining({ uuid: "schedule-2", hour: "3" })]);
  });

  it("leaves schedules of other names alone", async () => {
    const other = { uuid: "schedule-9", name: "HEROKU_POSTGRESQL_BLUE_URL", hour: 9, timezone: "UTC" };
    schedules.push(other);
    scriptSchedules(heroku, addon, schedules);

    await create();

    expect(schedules).toContain(other);
  });

  it("fails when Heroku answers well and does something else", async () => {
    heroku.on(`POST ${path}`, () => {
      schedules.push({ uuid: "schedule-1", name: "DATABASE_URL", hour: 3, timezone: "Etc/UTC" });
      return { status: 201, body: {} };
    });

    expect(await failure(create())).toBe(
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

    expect((await create()).state).toMatchObject({ scheduleId: "schedule-1", hour: 3 });
    expect(tries).toBe(2);
  });

  it("changes hour and zone in place", async () => {
    const made = await create();
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

  it("is replaced for another database or name, the old one deleted first", async () => {
    const made = await create();

    expect(await plugin.diff(type, made, { ...inputs, database: "square-1", name: "BLUE_URL" })).toEqual({
      changed: true,
      replaces: ["database", "name"],
      deleteBeforeReplace: true,
      detailed: { database: "UPDATE_REPLACE", name: "UPDATE_REPLACE" },
    });
    expect(await plugin.diff(type, made, { ...inputs, database: addon.id })).toMatchObject({ changed: false });
  });

  it("sees what was changed by hand", async () => {
    const made = await create();
    Object.assign(schedules[0] ?? {}, { hour: "07", timezone: "UTC" });

    const live = await plugin.read(type, made.id, made);

    expect(live).toMatchObject({ id: made.id, inputs: { ...inputs, hour: 7, timezone: "UTC" } });
  });

  it("finds a schedule that was removed and made again by hand", async () => {
    const made = await create();
    schedules.splice(0, 1, { uuid: "schedule-7", name: "database_url", hour: 3, timezone: "Europe/Berlin" });

    const live = await plugin.read(type, made.id, made);

    expect(live).toMatchObject({ id: "round-12345/schedule-7", inputs, state: { scheduleId: "schedule-7" } });
  });

  it("is gone when the schedule or its database is", async () => {
    const made = await create();
    schedules.length = 0;
    expect((await plugin.read(type, made.id, made)).id).toBe("");

    heroku.on("GET /addons/round-12345", refusal(404, "not_found", "Couldn't find that add-on."));
    expect((await plugin.read(type, made.id, made)).id).toBe("");
  });

  it.each([
    ["round-12345", "the only schedule, whatever its name"],
    ["round-12345/schedule-4", "the schedule of that id"],
  ])("is imported by %s: %s", async (id) => {
    schedules.push({ uuid: "schedule-4", name: "HEROKU_POSTGRESQL_BLUE_URL", hour: "6", timezone: "UTC" });

    const live = await plugin.read(type, id);

    expect(live).toMatchObject({
      id: "round-12345/schedule-4",
      inputs: { database: "round-12345", hour: 6, timezone: "UTC", name: "HEROKU_POSTGRESQL_BLUE_URL" },
    });
    expect((await plugin.diff(type, live, live.inputs)).changed).toBe(false);
  });

  it("deletes the schedule, and takes one that is gone for deleted", async () => {
    const made = await create();

    await plugin.delete(type, made.id, made.state);
    await plugin.delete(type, made.id, made.state);

    expect(schedules).toEqual([]);
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

  it("checks every input at once and fills the name in", async () => {
    expect(await plugin.check(type, { database: "", hour: 24, timezone: "CET", name: "daily" })).toMatchObject({
      failures: {
        database: 'database must be an add-on id or name, got ""',
        hour: "backup hour must be 0-23, got 24",
        timezone: 'backup time zone must be an IANA name, got "CET"; e.g. "Europe/Berlin" or "UTC"',
        name: 'schedule name must be a config var, got "daily"; e.g. "DATABASE_URL"',
      },
    });
    expect(await plugin.check(type, { database: computed, hour: "6:30", timezone: computed })).toEqual({
      inputs: { database: computed, hour: "6:30", timezone: computed, name: "DATABASE_URL" },
      failures: { hour: 'hour must be a whole number, got "6:30"' },
    });
  });
});
