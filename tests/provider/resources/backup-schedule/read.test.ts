import { DatabaseFixture } from "../../support/database-fixture";
import { computed } from "../../support/plugin-client";
import { refusal } from "../../support/scripted-heroku";

const type = "BackupSchedule";

describe("BackupSchedule, read and deleted", () => {
  let fixture: DatabaseFixture;
  let heroku: DatabaseFixture["heroku"];
  let plugin: DatabaseFixture["plugin"];
  let addon: DatabaseFixture["addon"];
  let schedules: DatabaseFixture["schedules"];
  let inputs: DatabaseFixture["inputs"];

  beforeEach(async () => {
    fixture = await DatabaseFixture.open();
    ({ heroku, plugin, addon, schedules, inputs } = fixture);
  });
  afterEach(() => fixture.close());

  it("is replaced for another database or name, the old one deleted first", async () => {
    const made = await fixture.create();

    expect(await plugin.diff(type, made, { ...inputs, database: "square-1", name: "BLUE_URL" })).toEqual({
      changed: true,
      replaces: ["database", "name"],
      deleteBeforeReplace: true,
      detailed: { database: "UPDATE_REPLACE", name: "UPDATE_REPLACE" },
    });
    expect(await plugin.diff(type, made, { ...inputs, database: addon.id })).toMatchObject({ changed: false });
  });

  it("sees what was changed by hand", async () => {
    const made = await fixture.create();
    Object.assign(schedules[0] ?? {}, { hour: "07", timezone: "UTC" });

    const live = await plugin.read(type, made.id, made);

    expect(live).toMatchObject({ id: made.id, inputs: { ...inputs, hour: 7, timezone: "UTC" } });
  });

  it("finds a schedule that was removed and made again by hand", async () => {
    const made = await fixture.create();
    schedules.splice(0, 1, { uuid: "schedule-7", name: "database_url", hour: 3, timezone: "Europe/Berlin" });

    const live = await plugin.read(type, made.id, made);

    expect(live).toMatchObject({ id: "round-12345/schedule-7", inputs, state: { scheduleId: "schedule-7" } });
  });

  it("is gone when the schedule or its database is", async () => {
    const made = await fixture.create();
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
    const made = await fixture.create();

    await plugin.delete(type, made.id, made.state);
    await plugin.delete(type, made.id, made.state);

    expect(schedules).toEqual([]);
  });

  it("checks every input at once and fills the name in", async () => {
    expect(await plugin.check(type, { database: "", hour: 24, timezone: "CET", name: "daily" })).toMatchObject({
      failures: {
        database: 'database must be an add-on id or name, got ""',
        hour: "hour must be a whole hour from 0 to 23, got 24; Heroku starts backups in a whole hour of the schedule's time zone, e.g. 3",
        timezone: 'timezone must be an IANA time zone, got "CET"; write "UTC" or Area/City, e.g. "Europe/Berlin"',
        name: 'schedule name must be a config var, got "daily"; e.g. "DATABASE_URL"',
      },
    });
    expect(await plugin.check(type, { database: computed, hour: "6:30", timezone: computed })).toEqual({
      inputs: { database: computed, hour: "6:30", timezone: computed, name: "DATABASE_URL" },
      failures: { hour: 'hour must be a whole number, got "6:30"' },
    });
  });
});
