import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { heroku as plugin } from "../../../stand-ins/heroku/plugin";
import { bag, failure, PluginClient } from "../../provider/support/plugin-client";
import { TestRuntime } from "../../provider/support/test-runtime";
import { HerokuStandIn, secretsOf } from "./support/stand-in";

const advice =
  "the stand-in for heroku has what this project uses; install the official provider: " +
  "`pulumi plugin install resource heroku 1.0.4 --server github://api.github.com/pulumiverse`";

describe("The stand-in for heroku", () => {
  let heroku: HerokuStandIn;

  beforeEach(async () => {
    heroku = await HerokuStandIn.open();
  });
  afterEach(() => heroku.close());

  it("refuses other resource types by name", async () => {
    expect(await failure(heroku.check("heroku:space/space:Space", {}))).toBe(
      `unknown resource type, got heroku:space/space:Space; ${advice}`,
    );
  });

  it("refuses functions by name", async () => {
    const call = heroku.plugin.ask<proto.InvokeResponse>((grpc, done) =>
      grpc.invoke(new proto.InvokeRequest().setTok("heroku:app/getApp:getApp"), done),
    );

    expect(await failure(call)).toBe(`unknown function, got heroku:app/getApp:getApp; ${advice}`);
  });

  it("refuses the id of an app that is a name", async () => {
    const { failures } = await heroku.check("heroku:app/feature:Feature", { appId: "sketch", name: "preboot" });

    expect(failures).toEqual({ appId: 'appId must be an id (a UUID), got "sketch"' });
  });

  it("says which setting to correct when the key is wrong", async () => {
    const wrong = await HerokuStandIn.beside(heroku.local, { apiKey: "hidden" });
    const { inputs } = await wrong.check("heroku:app/app:App", { region: "us" });

    const message = await failure(wrong.plugin.create("heroku:app/app:App", inputs));
    wrong.close();

    expect(message).toMatch(/^POST \/apps: 401 unauthorized: .*; check heroku:apiKey or HEROKU_API_KEY$/);
    expect(message).not.toContain("hidden");
  });

  it("sends the configured headers with every request", async () => {
    const sent: (string | null)[] = [];
    const runtime = new TestRuntime(async (_input, init) => {
      sent.push(new Headers(init?.headers).get("x-team"));
      return Response.json({ id: "not_found", message: "Couldn't find that app." }, { status: 404 });
    });
    const headers = JSON.stringify({ "X-Team": "painters" });
    const client = await PluginClient.of(plugin(runtime), { url: "http://localhost:1", apiKey: "key", headers });

    await client.read("heroku:app/app:App", "sketch");
    client.stop();

    expect(sent).toEqual(["painters"]);
  });

  it("checks its configuration, and keeps the key secret", async () => {
    const check = (settings: Record<string, unknown>) =>
      heroku.plugin.ask<proto.CheckResponse>((grpc, done) =>
        grpc.checkConfig(new proto.CheckRequest().setNews(bag(settings)), done),
      );

    const here = await check({ url: "http://localhost:5075", apiKey: "key" });
    const elsewhere = await check({ url: "https://api.heroku.com", apiKey: "key" });

    expect(secretsOf(here.getInputs()?.toJavaScript() ?? {})).toEqual(["apiKey"]);
    expect(here.getFailuresList()).toEqual([]);
    expect(elsewhere.getFailuresList().map((refused) => refused.getProperty())).toEqual(["url"]);
  });

  it("refuses to run with a URL of another machine", async () => {
    const request = new proto.ConfigureRequest().setArgs(bag({ url: "https://api.heroku.com", apiKey: "key" }));
    const call = heroku.plugin.ask<proto.ConfigureResponse>((grpc, done) => grpc.configure(request, done));

    expect(await failure(call)).toMatch(/^heroku:url must be an address of this machine for the stand-in provider/);
  });
});
