import { failure } from "../../../provider/support/plugin-client";
import { HerokuStandIn, secretsOf } from "../support/stand-in";

const type = "heroku:drain/drain:Drain";

describe("Drain", () => {
  let heroku: HerokuStandIn;
  let appId: string;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
    appId = await heroku.local.createApp("sketch");
  });
  afterEach(() => heroku.close());

  it("keeps a secret URL as a secret", async () => {
    const sensitiveUrl = "https://user:password@logs.example.com";
    const { inputs } = await heroku.check(type, { appId, sensitiveUrl });
    const { state } = await heroku.plugin.create(type, inputs);

    expect(secretsOf(state)).toEqual(["sensitiveUrl"]);
    expect(state).toMatchObject({ url: null, token: expect.stringMatching(/^d\./) });
  });

  it("is replaced when its URL becomes a secret", async () => {
    const drain = await heroku.create(type, { appId, url: "https://logs.example.com" });

    expect((await heroku.diff(drain, { appId, sensitiveUrl: "https://logs.example.com" })).detailed).toEqual({
      url: "DELETE_REPLACE",
      sensitiveUrl: "ADD_REPLACE",
    });
  });

  it("refuses two URLs", async () => {
    const { failures } = await heroku.check(type, { appId, url: "https://a", sensitiveUrl: "https://hidden" });

    expect(failures).toEqual({ url: "a drain must have one of url and sensitiveUrl, got both; remove one" });
  });

  it("refuses an import id of another form", async () => {
    expect(await failure(heroku.import(type, "sketch"))).toBe(
      'import id must be <app>:<id> or <app>:<id>:sensitive, got "sketch"',
    );
  });

  it("waits for the log channel of a new app", async () => {
    const { fetch } = heroku.local.runtime;
    let tries = 0;
    Object.assign(heroku.local.runtime, {
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        if (init?.method !== "POST" || ++tries > 2) return fetch(input, init);
        const message = "App hasn't yet been assigned a log channel. Please try again momentarily.";
        return Response.json({ id: "unprocessable_entity", message }, { status: 422 });
      },
    });

    await heroku.create(type, { appId, url: "https://logs.example.com" });

    expect(tries).toBe(3);
  });
});
