import { failure, partialState } from "../../../provider/support/plugin-client";
import { HerokuStandIn, secretsOf } from "../support/stand-in";

const type = "heroku:addon/addon:Addon";

describe("Addon", () => {
  let heroku: HerokuStandIn;
  let appId: string;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    appId = await heroku.local.createApp("sketch");
  });
  afterEach(() => heroku.close());

  const request = { plan: "heroku-postgresql:essential-0" };

  it("keeps what the official provider keeps, its values as secrets", async () => {
    const { inputs } = await heroku.check(type, { appId, ...request });
    const { id, state } = await heroku.plugin.create(type, inputs);
    const { state: plain } = (await heroku.refresh({ type, id, inputs, state })) ?? {};

    expect(inputs).toEqual({
      __defaults: ["name"],
      appId,
      name: expect.stringMatching(/^one-[\da-f]{7}$/),
      ...request,
    });
    expect(secretsOf(state)).toEqual(["configVarValues", "configVarValues.DATABASE_URL"]);
    expect(plain).toEqual({
      __meta: '{"schema_version":"3"}',
      appId,
      config: null,
      configVarValues: { DATABASE_URL: expect.stringContaining("postgres://") },
      configVars: ["DATABASE_URL"],
      id,
      name: inputs.name,
      plan: "heroku-postgresql:essential-0",
      providerId: expect.any(String),
    });
  });

  it("waits until it is provisioned, looking often", async () => {
    let finish = () => {};
    heroku.api.machines.provision = () =>
      new Promise((resolve) => {
        finish = () => resolve({ URL: "postgres://there" });
      });
    const { inputs } = await heroku.check(type, { appId, ...request });
    const creation = heroku.plugin.create(type, inputs);
    while (heroku.local.runtime.sleeps.length < 9) await new Promise((resolve) => setTimeout(resolve, 1));
    finish();
    await creation;

    expect(heroku.local.runtime.sleeps.slice(0, 9).map(Math.round)).toEqual([
      100, 125, 156, 195, 244, 305, 381, 477, 500,
    ]);
  });

  it("does not wait for another one", async () => {
    const provisioning: string[] = [];
    let finish = () => {};
    const all = new Promise<void>((resolve) => {
      finish = resolve;
    });
    heroku.api.machines.provision = async ({ name }) => {
      provisioning.push(name);
      if (provisioning.length === 2) finish();
      await all;
      return { URL: "postgres://there" };
    };

    await Promise.all([
      heroku.create(type, { appId, name: "sketch-db", ...request }),
      heroku.create(type, { appId, name: "sketch-kv", plan: "heroku-redis:mini" }),
    ]);

    expect(provisioning.sort()).toEqual(["sketch-db", "sketch-kv"]);
  });

  it("is changed in place", async () => {
    const database = await heroku.create(type, { appId, name: "sketch-db", ...request });
    const news = { appId, name: "canvas-db", plan: "heroku-postgresql:essential-1" };

    expect((await heroku.diff(database, news)).detailed).toEqual({ name: "UPDATE", plan: "UPDATE" });
    expect((await heroku.update(database, news)).state).toMatchObject(news);
  });

  it("is replaced for other options, a given name first freed", async () => {
    const given = { appId, name: "sketch-db", ...request, config: { version: "16" } };
    const database = await heroku.create(type, given);

    expect(await heroku.diff(database, { ...given, config: { version: "17" } })).toEqual({
      changed: true,
      replaces: ["config"],
      deleteBeforeReplace: true,
      detailed: { "config.version": "UPDATE_REPLACE" },
    });
    const generated = { ...given, config: { version: "17" }, __defaults: ["name"] };
    expect(await heroku.diff(database, generated)).toMatchObject({ deleteBeforeReplace: false });
  });

  it("keeps a plan that is given as a service only", async () => {
    const { state } = await heroku.create(type, { appId, plan: "heroku-redis" });

    expect(state).toMatchObject({ plan: "heroku-redis" });
  });

  it("finds the add-on whose creation got no reply", async () => {
    const { fetch } = heroku.local.runtime;
    let lost = 0;
    Object.assign(heroku.local.runtime, {
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        const response = await fetch(input, init);
        if (init?.method !== "POST" || ++lost > 1) return response;
        throw new TypeError("fetch failed");
      },
    });
    const { inputs } = await heroku.check(type, { appId, ...request });

    const { id } = await heroku.plugin.create(type, inputs);

    const { body } = await heroku.api.get<{ id: string }[]>("/apps/sketch/addons");
    expect({ posts: lost, addons: body.map((addon) => addon.id) }).toEqual({ posts: 2, addons: [id] });
  });

  it("takes nobody else's for its own", async () => {
    await heroku.create(type, { appId, name: "sketch-db", ...request });
    const { inputs } = await heroku.check(type, { appId, name: "sketch-db", ...request });

    const message = await failure(heroku.plugin.create(type, inputs));

    expect(message).toMatch(new RegExp(`^POST /apps/${appId}/addons: 422 invalid_params: `));
  });

  it("leaves nothing in the state when Heroku could not provision it, so that the next run creates another", async () => {
    jest.spyOn(console, "error").mockReturnValueOnce().mockReturnValueOnce();
    heroku.api.machines.provision = async () => {
      throw new Error("no room");
    };
    const { inputs } = await heroku.check(type, { appId, name: "sketch-db", ...request });

    await expect(partialState(heroku.plugin.create(type, inputs))).rejects.toThrow("carries no state");
    expect(await failure(heroku.plugin.create(type, { ...inputs, name: "other-db" }))).toBe(
      'add-on other-db could not be provisioned, got state "deprovisioned"; run `pulumi up` again to create another',
    );
  });

  it("stays in the state when the run is interrupted, and the next run goes on", async () => {
    let finish = () => {};
    heroku.api.machines.provision = () =>
      new Promise((resolve) => {
        finish = () => resolve({ URL: "postgres://there" });
      });
    const { inputs } = await heroku.check(type, { appId, name: "sketch-db", ...request });
    const creation = partialState(heroku.plugin.create(type, inputs));
    while (heroku.local.runtime.sleeps.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await heroku.plugin.cancel();
    const { id, properties } = await creation;
    finish();
    await heroku.api.idle();

    const next = await HerokuStandIn.beside(heroku.local);
    const { state } = await next.update({ type, id, inputs, state: properties }, inputs);
    next.close();

    expect(state).toMatchObject({ id, configVars: ["DATABASE_URL"] });
  });

  it("refuses a name that Heroku does not take", async () => {
    const { failures } = await heroku.check(type, { appId, name: "1st", ...request });

    expect(failures).toEqual({
      name: 'add-on name must be a letter, then letters, digits, "-" and "_", got "1st"; e.g. "sketch-db"',
    });
  });
});

describe("Addon with settings", () => {
  it("leaves the values out of the state when the settings say so", async () => {
    const heroku = await HerokuStandIn.open({ customizations: '[{"setAddonConfigVarsInState":false}]' });
    const appId = await heroku.local.createApp("sketch");
    const { state } = await heroku.create(type, { appId, plan: "heroku-postgresql:essential-0" });
    heroku.close();

    expect(state).toMatchObject({ configVars: ["DATABASE_URL"], configVarValues: {} });
  });
});
