import { defaultRuntime } from "../../provider/heroku/client";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { failure, PluginClient } from "./support/plugin-client";

interface Addon {
  id: string;
  name: string;
}

interface Schedule {
  uuid: string;
  name: string;
  hour: number;
  timezone: string;
}

/** The plugin against Local Heroku with its real services: each is held to the other's reading of Heroku's data APIs. */
describe("The plugin's data resources on Local Heroku", () => {
  let heroku: LocalHerokuProcess;
  let plugin: PluginClient;
  let database: Addon;
  let store: Addon;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    plugin = await PluginClient.start(heroku.url, { runtime: defaultRuntime, apiKey: "local-heroku" });
    await heroku.api("POST", "/apps", { name: "plugin-demo", stack: "container" });
    // Still provisioning when the first test asks for them: the plugin is to wait.
    database = await heroku.api<Addon>("POST", "/apps/plugin-demo/addons", { plan: "heroku-postgresql:standard-0" });
    store = await heroku.api<Addon>("POST", "/apps/plugin-demo/addons", { plan: "heroku-redis:mini" });
  });
  afterAll(async () => {
    plugin?.stop();
    await heroku?.destroy();
  });

  it("makes, changes, reads and deletes a backup schedule", async () => {
    const inputs = { database: database.id, hour: 3, timezone: "Europe/Berlin", name: "DATABASE_URL" };
    const path = `/client/v11/databases/${database.name}/transfer-schedules`;

    const made = { inputs, ...(await plugin.create("BackupSchedule", inputs)) };
    expect(await heroku.api<Schedule[]>("GET", path)).toMatchObject([
      { uuid: made.state.scheduleId, name: "DATABASE_URL", hour: 3, timezone: "Europe/Berlin" },
    ]);
    expect(made.state).toMatchObject({ databaseId: database.id, databaseName: database.name });
    expect(made.state.days).toHaveLength(7);

    const news = { ...inputs, hour: 23 };
    const state = await plugin.update("BackupSchedule", made.id, made.state, news);
    expect(await plugin.read("BackupSchedule", made.id, { inputs: news, state })).toEqual({
      id: made.id,
      inputs: news,
      state,
    });

    await heroku.api("POST", path, { hour: "07", timezone: "UTC", schedule_name: "DATABASE_URL" });
    expect(await plugin.read("BackupSchedule", database.name)).toMatchObject({
      inputs: { database: database.name, hour: 7, timezone: "UTC", name: "DATABASE_URL" },
    });

    await plugin.delete("BackupSchedule", made.id, state);
    expect(await heroku.api<Schedule[]>("GET", path)).toEqual([]);
    expect((await plugin.read("BackupSchedule", made.id, { inputs: news, state })).id).toBe("");
  });

  it("changes a store's settings and puts them back", async () => {
    const path = `/redis/v0/databases/${store.id}/config`;
    const inputs = { redis: store.id, maxmemoryPolicy: "allkeys-lru", timeout: 60 };

    const { id, state } = await plugin.create("RedisConfig", inputs);
    expect(await heroku.api("GET", path)).toMatchObject({
      maxmemory_policy: { value: "allkeys-lru" },
      timeout: { value: 60 },
    });
    expect(await plugin.read("RedisConfig", id, { inputs, state })).toEqual({ id, inputs, state });

    await plugin.delete("RedisConfig", id, state);
    expect(await heroku.api("GET", path)).toMatchObject({
      maxmemory_policy: { value: "noeviction" },
      timeout: { value: 300 },
    });
  });

  it("changes a database's settings and puts them back", async () => {
    const path = `/postgres/v0/databases/${database.id}/config`;
    const inputs = {
      database: database.id,
      logMinDurationStatement: 0,
      autoExplain: true,
      autoExplainLogFormat: "json",
    };

    const { id, state } = await plugin.create("PostgresSettings", inputs);
    expect(await heroku.api("GET", path)).toMatchObject({
      log_min_duration_statement: { value: 0 },
      auto_explain: { value: true },
      "auto_explain.log_format": { value: "json" },
    });
    expect(await plugin.read("PostgresSettings", id, { inputs, state })).toEqual({ id, inputs, state });

    await plugin.delete("PostgresSettings", id, state);
    expect(await heroku.api("GET", path)).toMatchObject({
      log_min_duration_statement: { value: 2000 },
      auto_explain: { value: false },
      "auto_explain.log_format": { value: "text" },
    });
  });

  it("is refused with a wrong API key, in words that help", async () => {
    const stranger = await PluginClient.start(heroku.url, { runtime: defaultRuntime, apiKey: "wrong" });

    const message = await failure(stranger.create("RedisConfig", { redis: store.id, timeout: 5 }));
    stranger.stop();

    expect(message).toMatch(
      new RegExp(`^GET /addons/${store.id}: 401 unauthorized: .*; check heroku-native:apiKey or HEROKU_API_KEY$`),
    );
  });
});
