import { HerokuStandIn, secretsOf } from "../support/stand-in";

const type = "heroku:app/app:App";

describe("App", () => {
  let heroku: HerokuStandIn;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    await heroku.api.post("/teams", { name: "painters" });
  });
  afterEach(() => heroku.close());

  it("keeps what the official provider keeps", async () => {
    const { id, inputs, state } = await heroku.create(type, { name: "sketch", region: "us", stack: "container" });

    expect(inputs).toEqual({ __defaults: [], name: "sketch", region: "us", stack: "container" });
    expect(state).toEqual({
      __meta: '{"schema_version":"1"}',
      acm: false,
      allConfigVars: {},
      buildpacks: [],
      configVars: {},
      gitUrl: "https://git.heroku.com/sketch.git",
      herokuHostname: "sketch.localhost:5075",
      id,
      internalRouting: false,
      name: "sketch",
      organization: null,
      region: "us",
      sensitiveConfigVars: {},
      space: null,
      stack: "container",
      uuid: id,
      webUrl: "http://sketch.localhost:5075/",
    });
  });

  it("generates a name that stays", async () => {
    const { inputs } = await heroku.check(type, { region: "us" });

    expect(inputs).toEqual({ __defaults: ["name"], name: expect.stringMatching(/^one-[\da-f]{7}$/), region: "us" });
  });

  it("foresees nothing but what the program gives", async () => {
    const { inputs } = await heroku.check(type, { name: "sketch", region: "us" });
    const { state } = await heroku.plugin.create(type, inputs, true);

    expect(state).toMatchObject({ name: "sketch", region: "us", webUrl: unknown, stack: unknown });
    expect(secretsOf(state)).toEqual(["allConfigVars", "sensitiveConfigVars"]);
    expect(heroku.local.requests).toEqual([]);
  });

  it("belongs to a team", async () => {
    const organization = { name: "painters", locked: true };
    const { inputs, state } = await heroku.create(type, { name: "mural", region: "us", organization });

    expect(inputs.organization).toEqual({ ...organization, __defaults: [] });
    expect(state).toMatchObject({ organization: { ...organization, personal: false }, space: "" });
  });

  it("is locked and unlocked in place, and moved to another team by a replacement", async () => {
    const given = { name: "mural", region: "us", organization: { name: "painters", locked: true } };
    const mural = await heroku.create(type, given);
    const unlocked = { ...given, organization: { name: "painters", locked: false } };

    expect(await heroku.diff(mural, unlocked)).toMatchObject({
      detailed: { "organization.locked": "UPDATE" },
      replaces: [],
    });
    expect((await heroku.update(mural, unlocked)).state).toMatchObject({ organization: { locked: false } });
    expect(await heroku.diff(mural, { ...given, organization: { name: "sculptors" } })).toEqual({
      changed: true,
      replaces: ["organization"],
      deleteBeforeReplace: true,
      detailed: { "organization.name": "UPDATE_REPLACE" },
    });
    expect((await heroku.diff(mural, { name: "mural", region: "us" })).detailed).toEqual({
      organization: "UPDATE",
      "organization.name": "DELETE_REPLACE",
    });
  });

  it("is changed in place, each part by its own request", async () => {
    const sketch = await heroku.create(type, { name: "sketch", region: "us", stack: "container" });
    const news = { ...sketch.inputs, name: "canvas", buildpacks: ["heroku/python"], acm: true };
    heroku.local.requests.length = 0;

    const { state } = await heroku.update(sketch, news);

    expect(state).toMatchObject({ name: "canvas", buildpacks: ["heroku/python"], acm: true });
    expect(state).toMatchObject({ webUrl: "http://canvas.localhost:5075/", herokuHostname: "canvas.localhost:5075" });
    expect(heroku.local.requests.filter((request) => !request.startsWith("GET"))).toEqual([
      `PATCH /apps/${sketch.id}`,
      `PUT /apps/${sketch.id}/buildpack-installations`,
      `POST /apps/${sketch.id}/acm`,
    ]);
  });

  it("manages only the config vars that it is given", async () => {
    const given = { name: "sketch", region: "us", configVars: { A: "1", B: "2" }, sensitiveConfigVars: { S: "s" } };
    const sketch = await heroku.create(type, given);
    await heroku.api.patch("/apps/sketch/config-vars", { C: "by hand", B: "by hand" });

    const refreshed = await heroku.refresh(sketch);
    expect(refreshed?.inputs).toMatchObject({ configVars: { A: "1", B: "by hand" }, sensitiveConfigVars: { S: "s" } });
    expect(refreshed?.state).toMatchObject({ allConfigVars: { A: "1", B: "by hand", C: "by hand", S: "s" } });
    expect((await heroku.diff({ ...sketch, ...refreshed }, given)).detailed).toEqual({ "configVars.B": "UPDATE" });

    const updated = await heroku.update(sketch, { ...given, configVars: { A: "1" } });
    expect(updated.state).toMatchObject({ configVars: { A: "1" }, sensitiveConfigVars: { S: "s" } });
    expect((await heroku.api.get("/apps/sketch/config-vars")).body).toEqual({ A: "1", C: "by hand", S: "s" });
  });

  it("leaves config vars that are no longer given as they are", async () => {
    const sketch = await heroku.create(type, { name: "sketch", region: "us", configVars: { A: "1" } });
    const news = { name: "sketch", region: "us" };

    expect((await heroku.diff(sketch, news)).changed).toBe(false);
    expect((await heroku.update(sketch, news)).state).toMatchObject({ configVars: { A: "1" } });
  });

  it("refuses a config var that is given twice before anything is made", async () => {
    const { failures } = await heroku.check(type, {
      region: "us",
      configVars: { A: "1" },
      sensitiveConfigVars: { A: "hidden" },
    });

    expect(failures).toEqual({
      sensitiveConfigVars: "sensitiveConfigVars and configVars must not share names, got A; remove one of each",
    });
  });
});

describe("App with settings", () => {
  it("leaves all config vars out of the state when the settings say so", async () => {
    const heroku = await HerokuStandIn.open({ customizations: '[{"setAppAllConfigVarsInState":false}]' });
    const { state } = await heroku.create(type, { name: "sketch", region: "us", configVars: { A: "1" } });
    heroku.close();

    expect(state).toMatchObject({ allConfigVars: {}, configVars: { A: "1" } });
  });

  it("waits after a creation, ten seconds by default", async () => {
    const sleeps: unknown[] = [];
    for (const delays of ["{}", '{"postAppCreateDelay":3}']) {
      const heroku = await HerokuStandIn.open({ delays });
      await heroku.create(type, { name: "sketch", region: "us" });
      sleeps.push(...heroku.local.runtime.sleeps);
      heroku.close();
    }

    expect(sleeps).toEqual([10_000, 3_000]);
  });
});

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
