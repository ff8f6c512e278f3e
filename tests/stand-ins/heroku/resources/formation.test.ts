import { failure } from "../../../provider/support/plugin-client";
import { HerokuStandIn } from "../support/stand-in";

const type = "heroku:formation/formation:Formation";

describe("Formation", () => {
  let heroku: HerokuStandIn;
  let appId: string;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    appId = await heroku.local.createApp("sketch");
    await heroku.local.releaseByHand({ id: appId, name: "sketch" }, "web", "one");
  });
  afterEach(() => heroku.close());

  it("keeps the size in Heroku's spelling, however the program spells it", async () => {
    const given = { appId, type: "web", quantity: 1, size: "standard-1x" };
    const web = await heroku.create(type, given);

    expect(web.inputs.size).toBe("standard-1x");
    expect(web.state).toEqual({ ...given, size: "Standard-1X", id: web.id, __meta: '{"schema_version":"1"}' });
    expect((await heroku.diff(web, { ...given, size: "STANDARD-1X" })).changed).toBe(true);
    expect((await heroku.diff(web, { ...given, size: "Standard-1x" })).changed).toBe(false);
  });

  it("scales in place", async () => {
    const web = await heroku.create(type, { appId, type: "web", quantity: 1, size: "basic" });
    const news = { appId, type: "web", quantity: 2, size: "standard-1x" };

    expect((await heroku.diff(web, news)).detailed).toEqual({ quantity: "UPDATE", size: "UPDATE" });
    expect((await heroku.update(web, news)).state).toMatchObject({ quantity: 2, size: "Standard-1X" });
  });

  it("shows after a refresh what was scaled by hand", async () => {
    const given = { appId, type: "web", quantity: 1, size: "basic" };
    const web = await heroku.create(type, given);
    await heroku.api.patch("/apps/sketch/formation/web", { quantity: 2, size: "Standard-1X" });

    const refreshed = await heroku.refresh(web);

    expect(refreshed?.inputs).toEqual({ __defaults: [], ...given, quantity: 2 });
    expect((await heroku.diff({ ...web, ...refreshed }, given)).detailed).toEqual({
      quantity: "UPDATE",
      size: "UPDATE",
    });
  });

  it("fails for a process type that the app does not have", async () => {
    const { inputs } = await heroku.check(type, { appId, type: "worker", quantity: 1, size: "basic" });

    expect(await failure(heroku.plugin.create(type, inputs))).toBe(
      `PATCH /apps/${appId}/formation/worker: 404 not_found: Couldn't find that process type (worker).`,
    );
  });

  it("says what to do when its app was removed by hand", async () => {
    const given = { appId, type: "web", quantity: 1, size: "basic" };
    const web = await heroku.create(type, given);
    await heroku.api.delete("/apps/sketch");

    expect(await failure(heroku.update(web, { ...given, quantity: 2 }))).toBe(
      `PATCH /apps/${appId}/formation/web: 404 not_found: Couldn't find that app.; ` +
        "if it was removed by hand, run `pulumi refresh`, then `pulumi up`",
    );
  });
});
