import { failure } from "../../../provider/support/plugin-client";
import { HerokuStandIn, secretsOf } from "../support/stand-in";

const type = "heroku:app/configAssociation:ConfigAssociation";

describe("ConfigAssociation", () => {
  let heroku: HerokuStandIn;
  let appId: string;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    appId = await heroku.local.createApp("sketch");
  });
  afterEach(() => heroku.close());

  const live = async () => (await heroku.api.get("/apps/sketch/config-vars")).body;

  it("sets all config vars in one release and keeps the secret ones secret", async () => {
    const { inputs } = await heroku.plugin.check(type, { appId, vars: { A: "1", B: "2" }, sensitiveVars: { S: "s" } });
    const { id, state } = await heroku.plugin.create(type, inputs);

    expect(id).toBe(`config:${appId}`);
    expect(secretsOf(inputs)).toEqual(["sensitiveVars", "sensitiveVars.S"]);
    expect(secretsOf(state)).toEqual(["sensitiveVars", "sensitiveVars.S"]);
    expect(state).not.toHaveProperty("__meta");
    expect(await live()).toEqual({ A: "1", B: "2", S: "s" });
    expect(await heroku.local.releases(appId)).toEqual([
      "Initial release",
      "Enable Logplex",
      "Set A, B, S config vars",
    ]);
  });

  it("keeps nothing of empty sets, as the official provider does", async () => {
    const { state } = await heroku.create(type, { appId, vars: {}, sensitiveVars: {} });

    expect(state).toEqual({ appId, id: `config:${appId}`, vars: null, sensitiveVars: null });
  });

  it("changes, adds and removes config vars in one release", async () => {
    const config = await heroku.create(type, { appId, vars: { A: "1", B: "2" }, sensitiveVars: { S: "s" } });
    const news = { appId, vars: { A: "1", C: "3" }, sensitiveVars: { S: "t" } };

    expect(await heroku.diff(config, news)).toEqual({
      changed: true,
      replaces: [],
      deleteBeforeReplace: false,
      detailed: { "vars.B": "DELETE", "vars.C": "ADD", "sensitiveVars.S": "UPDATE" },
    });
    const { state } = await heroku.update(config, news);

    expect(state).toMatchObject({ vars: { A: "1", C: "3" }, sensitiveVars: { S: "t" } });
    expect(await live()).toEqual({ A: "1", C: "3", S: "t" });
    expect(await heroku.local.releases(appId)).toHaveLength(4);
  });

  it("says that a set changes whose entries are not known yet", async () => {
    const config = await heroku.create(type, { appId, vars: { A: "1" } });
    const computed = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    expect((await heroku.diff(config, { appId, vars: { A: "1", B: computed } })).detailed).toEqual({ vars: "UPDATE" });
    expect((await heroku.diff(config, { appId, vars: computed })).detailed).toEqual({ vars: "UPDATE" });
  });

  it("makes no request when nothing changes", async () => {
    const config = await heroku.create(type, { appId, vars: { A: "1" } });
    heroku.local.requests.length = 0;

    await heroku.update(config, { appId, vars: { A: "1" } });

    expect(heroku.local.requests).toEqual([`GET /apps/${appId}/config-vars`]);
  });

  it("does not change other config vars, even when it is deleted", async () => {
    await heroku.api.patch("/apps/sketch/config-vars", { OTHER: "o" });
    const config = await heroku.create(type, { appId, vars: { A: "1" }, sensitiveVars: { S: "s" } });

    await heroku.delete(config);

    expect(await live()).toEqual({ OTHER: "o" });
  });

  it("shows after a refresh what was changed and removed by hand", async () => {
    const given = { appId, vars: { A: "1", B: "2" } };
    const config = await heroku.create(type, given);
    await heroku.api.patch("/apps/sketch/config-vars", { A: "by hand", B: null });

    const refreshed = await heroku.refresh(config);

    expect(refreshed?.inputs).toEqual({ __defaults: [], appId, vars: { A: "by hand" } });
    expect((await heroku.diff({ ...config, ...refreshed }, given)).detailed).toEqual({
      vars: "UPDATE",
      "vars.A": "UPDATE",
      "vars.B": "ADD",
    });
  });

  it("fails with the release that it makes, and never shows a value", async () => {
    await heroku.local.releaseByHand({ id: appId, name: "sketch" }, "release", "one");
    heroku.api.machines.phase = async () => 1;
    const { inputs } = await heroku.check(type, { appId, sensitiveVars: { S: "hidden" } });

    const message = await failure(heroku.plugin.create(type, inputs));

    expect(message).toMatch(/^release v\d of the config vars must succeed, got failed; read the app's log/);
    expect(message).not.toContain("hidden");
  });

  it("never shows a value that Heroku refuses", async () => {
    const { inputs } = await heroku.check(type, { appId, sensitiveVars: { HEROKU_KEY: "hidden" } });

    const message = await failure(heroku.plugin.create(type, inputs));

    expect(message).toContain('Config var name "HEROKU_KEY" is reserved.');
    expect(message).not.toContain("hidden");
  });
});
