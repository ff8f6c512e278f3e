import { failure } from "../../support/plugin-client";
import { type ScriptedAddon, scriptAddon, scriptSettings } from "../../support/scripted-addon";
import { ScriptedFixture } from "../../support/scripted-fixture";
import { refusal } from "../../support/scripted-heroku";

let fixture: ScriptedFixture;

beforeEach(async () => {
  fixture = await ScriptedFixture.open();
});
afterEach(() => fixture.close());

/** Bodies of the changes sent. */
const changes = () => fixture.heroku.seen.filter(({ method }) => method === "PATCH").map(({ body }) => body);

describe("RedisConfig", () => {
  const type = "RedisConfig";
  let addon: ScriptedAddon;
  let settings: Record<string, { value: unknown; default?: unknown }>;

  beforeEach(() => {
    addon = scriptAddon(fixture.heroku, "heroku-redis:mini");
    settings = {
      maxmemory_policy: { value: "noeviction", default: "noeviction" },
      timeout: { value: 300, default: 300 },
      notify_keyspace_events: { value: "", default: "" },
    };
    scriptSettings(fixture.heroku, addon, settings);
  });

  const create = async (given: Record<string, unknown>) => {
    const inputs = { redis: addon.name, ...given };
    return { inputs, ...(await fixture.plugin.create(type, inputs)) };
  };

  it("changes the declared settings alone, in one request", async () => {
    const { id, state } = await create({ maxmemoryPolicy: "allkeys-lru", timeout: 0 });

    expect(id).toBe(addon.id);
    expect(state).toEqual({
      redis: addon.name,
      maxmemoryPolicy: "allkeys-lru",
      timeout: 0,
      redisId: addon.id,
      redisName: addon.name,
    });
    expect(changes()).toEqual([{ maxmemory_policy: "allkeys-lru", timeout: 0 }]);
  });

  it("sends nothing that is so already", async () => {
    await create({ timeout: 300, notifyKeyspaceEvents: "" });

    expect(changes()).toEqual([]);
  });

  it("waits until the store is ready, which answers 404 before", async () => {
    const path = `/redis/v0/databases/${addon.id}/wait`;
    fixture.heroku.on(`GET ${path}`, refusal(404, "not_found", "Not found"), {
      body: { message: "available", "waiting?": false },
    });

    await create({ timeout: 5 });

    expect(fixture.heroku.routes.filter((route) => route === `GET ${path}`)).toHaveLength(2);
  });

  it("puts a setting that is no longer declared back to its default", async () => {
    const made = await create({ maxmemoryPolicy: "allkeys-lru", timeout: 60 });
    const news = { redis: addon.name, timeout: 90 };

    const diff = await fixture.plugin.diff(type, made, news);
    const state = await fixture.plugin.update(type, made.id, made.state, news);

    expect(diff.detailed).toEqual({ maxmemoryPolicy: "DELETE", timeout: "UPDATE" });
    expect(changes().at(-1)).toEqual({ maxmemory_policy: "noeviction", timeout: 90 });
    expect(state).not.toHaveProperty("maxmemoryPolicy");
  });

  it("sees what was changed by hand, of the declared settings alone", async () => {
    const made = await create({ maxmemoryPolicy: "allkeys-lru" });
    settings.maxmemory_policy = { value: "volatile-lru", default: "noeviction" };
    settings.timeout = { value: "77", default: 300 };

    const live = await fixture.plugin.read(type, made.id, made);

    expect(live.inputs).toEqual({ redis: addon.name, maxmemoryPolicy: "volatile-lru" });
  });

  it("is imported with every setting, and no change after it", async () => {
    settings.timeout = { value: "77", default: 300 };

    const live = await fixture.plugin.read(type, addon.name);

    expect(live).toEqual({
      id: addon.id,
      inputs: { redis: addon.name, maxmemoryPolicy: "noeviction", timeout: 77, notifyKeyspaceEvents: "" },
      state: expect.objectContaining({ redisId: addon.id }),
    });
    expect((await fixture.plugin.diff(type, live, live.inputs)).changed).toBe(false);
  });

  it("puts every declared setting back on delete, and takes a store that is gone for done", async () => {
    const made = await create({ maxmemoryPolicy: "allkeys-lru", timeout: 300 });

    await fixture.plugin.delete(type, made.id, made.state);
    fixture.heroku.on(`GET /addons/${addon.id}`, refusal(404, "not_found", "Couldn't find that add-on."));
    await fixture.plugin.delete(type, made.id, made.state);

    expect(changes().slice(1)).toEqual([{ maxmemory_policy: "noeviction" }]);
    expect((await fixture.plugin.read(type, made.id, made)).id).toBe("");
  });

  it("waits until Heroku has applied the previous change", async () => {
    fixture.heroku.on(
      `PATCH /redis/v0/databases/${addon.id}/config`,
      refusal(422, "unprocessable_entity", "The previous change is still being applied."),
      refusal(422, "unprocessable_entity", "The previous change is still being applied."),
      { body: {} },
    );

    await create({ timeout: 5 });

    expect(changes()).toHaveLength(3);
  });

  it("takes any other refusal for an answer", async () => {
    fixture.heroku.on(
      `PATCH /redis/v0/databases/${addon.id}/config`,
      refusal(422, "invalid_params", "timeout is too large."),
    );

    expect(await failure(create({ timeout: 99999999 }))).toBe(
      `PATCH /redis/v0/databases/${addon.id}/config: 422 invalid_params: timeout is too large.`,
    );
    expect(changes()).toHaveLength(1);
  });

  it("checks values", async () => {
    const given = { redis: addon.id, maxmemoryPolicy: "lru", timeout: -1, notifyKeyspaceEvents: "Q" };

    expect((await fixture.plugin.check(type, given)).failures).toEqual({
      maxmemoryPolicy:
        'maxmemoryPolicy must be one of "noeviction", "allkeys-lru", "volatile-lru", "allkeys-random", "volatile-random", "volatile-ttl", "allkeys-lfu", "volatile-lfu", got "lru"',
      timeout:
        "timeout must be a whole number of seconds from 0 to 86400, got -1; write after how many idle seconds a connection is closed, 0 for never",
      notifyKeyspaceEvents:
        'notifyKeyspaceEvents must be letters of "KEg$lshzxetdmnA", got "Q"; e.g. "Ex" or "" for none',
    });
  });
});

describe("PostgresSettings", () => {
  const type = "PostgresSettings";
  const settings = () => ({
    log_lock_waits: { value: "on", default: true },
    log_min_duration_statement: { value: "2000", default: 2000 },
    "auto_explain.log_format": { value: "text", default: "text" },
  });

  it("speaks Heroku's names and reads numbers and truths that come as text", async () => {
    const addon = scriptAddon(fixture.heroku, "heroku-postgresql:standard-0");
    scriptSettings(fixture.heroku, addon, settings());
    const inputs = {
      database: addon.id,
      logLockWaits: true,
      logMinDurationStatement: 0,
      autoExplainLogFormat: "json",
    };

    const { id, state } = await fixture.plugin.create(type, inputs);

    expect(changes()).toEqual([{ log_min_duration_statement: 0, "auto_explain.log_format": "json" }]);
    expect(state).toEqual({ ...inputs, databaseId: addon.id, databaseName: addon.name });
    expect(await fixture.plugin.read(type, id, { inputs, state })).toEqual({ id, inputs, state });
  });

  it("refuses a plan that has no settings", async () => {
    const addon = scriptAddon(fixture.heroku, "heroku-postgresql:essential-1");

    expect(await failure(fixture.plugin.create(type, { database: addon.id, logConnections: true }))).toBe(
      'settings of database "round-12345" need a plan that has some, got essential-1; choose standard-0 or above, or remove the settings',
    );
    expect(changes()).toEqual([]);
  });

  it("checks values", async () => {
    const given = { database: "db", logStatement: "some", logMinDurationStatement: -2, autoExplain: "on" };

    expect((await fixture.plugin.check(type, given)).failures).toEqual({
      logStatement: 'logStatement must be one of "none", "ddl", "mod", "all", got "some"',
      logMinDurationStatement: "logMinDurationStatement must be -1 or more, got -2",
      autoExplain: 'autoExplain must be true or false, got "on"',
    });
  });
});
