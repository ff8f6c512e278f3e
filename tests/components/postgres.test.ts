import { Postgres, type PostgresArgs } from "../../components/postgres";
import { Recorder, resolved } from "../support/recorder";

const addonType = "heroku:addon/addon:Addon";
const settingsType = "heroku-native:index:PostgresSettings";

describe("Postgres", () => {
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await Recorder.start({ outputs: () => ({ name: "postgresql-round-12345" }) });
  });

  it("creates a protected add-on with the plan as Heroku writes it", async () => {
    new Postgres("database", { app: "app-id" });
    const addon = await recorder.only(addonType);
    expect(addon.name).toBe("database");
    expect(addon.inputs).toEqual({ appId: "app-id", plan: "heroku-postgresql:essential-0" });
    expect(addon.parent).toContain("skechwime:components:Postgres::database");
    expect(addon.options.protect).toBe(true);
  });

  it("passes the version for the creation", async () => {
    new Postgres("database", { app: "app-id", plan: "standard-0", version: "17", protect: false });
    const addon = await recorder.only(addonType);
    expect(addon.inputs).toEqual({ appId: "app-id", plan: "heroku-postgresql:standard-0", config: { version: "17" } });
    expect(addon.options.protect).toBe(false);
  });

  it("declares server settings only if some are given", async () => {
    new Postgres("plain", { app: "app-id", plan: "standard-0" });
    expect(await recorder.ofType(settingsType)).toEqual([]);
    new Postgres("tuned", { app: "app-id", plan: "standard-0", settings: { logLockWaits: true } });
    const settings = await recorder.only(settingsType);
    expect(settings.name).toBe("tuned-settings");
    expect(settings.inputs).toEqual({ database: "tuned-id", logLockWaits: true });
  });

  it("returns id, name and plan, but no connection URL", async () => {
    const database = new Postgres("database", { app: "app-id" });
    expect(await resolved(database.id)).toBe("database-id");
    expect(await resolved(database.addonName)).toBe("postgresql-round-12345");
    expect(await resolved(database.plan)).toBe("heroku-postgresql:essential-0");
  });

  it("reports every issue at once and registers nothing", async () => {
    const args: PostgresArgs = { app: "app-id", plan: "essential-9", version: "8", settings: { logLockWaits: true } };
    expect(() => new Postgres("database", args)).toThrow(
      /^Postgres cannot be created with these arguments:\n {2}plan must be .* got "essential-9"; .*\n {2}version must be a major version in quotes, got "8"; .*\n {2}settings are not offered on essential-9; choose a standard plan or above, or remove them$/,
    );
    expect(await recorder.settled()).toEqual([]);
  });
});
