import { PluginAttach, type PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { EngineLogServer } from "../support/engine-log";
import { bag, computed, failure, urnOf } from "../support/plugin-client";
import { scriptAddon, scriptReadiness, scriptSchedules } from "../support/scripted-addon";
import { ScriptedFixture } from "../support/scripted-fixture";
import { refusal } from "../support/scripted-heroku";

const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const schedule = { database: "round-12345", hour: 3, timezone: "UTC", name: "DATABASE_URL" };

describe("The plugin's gRPC service", () => {
  let fixture: ScriptedFixture;
  let heroku: ScriptedFixture["heroku"];
  let plugin: ScriptedFixture["plugin"];

  beforeEach(async () => {
    fixture = await ScriptedFixture.open();
    ({ heroku, plugin } = fixture);
  });
  afterEach(() => fixture.close());

  const checkConfig = (news: Struct) =>
    plugin.ask<proto.CheckResponse>((grpc, done) => grpc.checkConfig(new proto.CheckRequest().setNews(news), done));
  const configure = (args: Struct) =>
    plugin.ask<proto.ConfigureResponse>((grpc, done) =>
      grpc.configure(new proto.ConfigureRequest().setArgs(args), done),
    );

  it("asks the engine for plain values, and for its previews", async () => {
    const request = new proto.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1");

    const handshake = await plugin.ask<proto.ProviderHandshakeResponse>((grpc, done) => grpc.handshake(request, done));
    const configured = await configure(bag({ apiKey: "key" }));

    expect(handshake.toObject()).toMatchObject({ acceptSecrets: false, acceptResources: false, acceptOutputs: false });
    expect(configured.toObject()).toMatchObject({ acceptsecrets: false, supportspreview: true });
  });

  it("tells its version and its schema", async () => {
    const info = await plugin.ask<PluginInfo>((grpc, done) => grpc.getPluginInfo(new Empty(), done));
    const answer = await plugin.ask<proto.GetSchemaResponse>((grpc, done) =>
      grpc.getSchema(new proto.GetSchemaRequest(), done),
    );

    const schema = JSON.parse(answer.getSchema());
    expect(info.getVersion()).toBe("0.1.0");
    expect(schema).toMatchObject({
      name: "heroku-native",
      version: "0.1.0",
      language: { nodejs: { packageName: "@skechwime/heroku-native" } },
      config: { variables: { apiKey: { type: "string", secret: true } } },
      resources: {
        "heroku-native:index:BackupSchedule": {
          requiredInputs: ["database", "hour", "timezone"],
          inputProperties: {
            database: { type: "string", willReplaceOnChanges: true },
            hour: { type: "integer" },
            name: { type: "string", default: "DATABASE_URL" },
          },
          properties: { days: { type: "array", items: { type: "string" } }, retainWeeks: { type: "integer" } },
        },
        "heroku-native:index:ContainerRelease": {
          inputProperties: { images: { type: "object", additionalProperties: { type: "string" } } },
          required: expect.not.arrayContaining(["retainWeeks"]),
        },
      },
    });
    expect(Object.keys(schema.resources).sort()).toEqual([
      "heroku-native:index:AppPreflight",
      "heroku-native:index:BackupSchedule",
      "heroku-native:index:ContainerRelease",
      "heroku-native:index:PostgresSettings",
      "heroku-native:index:PromotedImage",
      "heroku-native:index:RedisConfig",
    ]);
  });

  it("hands the API key back as a secret, so that the state holds it encrypted", async () => {
    const response = await checkConfig(bag({ apiKey: "key", apiUrl: heroku.url }));

    expect(response.getFailuresList()).toEqual([]);
    expect(response.getInputs()?.toJavaScript()).toEqual({
      apiKey: { ...secretMark, value: "key" },
      apiUrl: heroku.url,
    });
  });

  it("takes a configuration whose key comes wrapped as a secret", async () => {
    await configure(bag({ apiKey: { ...secretMark, value: "wrapped-key" }, apiUrl: heroku.url }));

    await plugin.read("BackupSchedule", "round-12345");

    expect(heroku.seen[0]?.headers.authorization).toBe("Bearer wrapped-key");
  });

  it("does not replace the provider, and every resource with it, for another server", async () => {
    const request = new proto.DiffRequest()
      .setOldInputs(bag({ apiKey: "key", apiUrl: "http://a" }))
      .setNews(bag({ apiKey: "other", apiUrl: "http://b" }));

    const diff = await plugin.ask<proto.DiffResponse>((grpc, done) => grpc.diffConfig(request, done));

    expect(diff.getDiffsList()).toEqual(["apiKey", "apiUrl"]);
    expect(diff.getReplacesList()).toEqual([]);
  });

  it("names the resource types there are when asked for another", async () => {
    expect(await failure(plugin.check("Dyno", {}))).toBe(
      "unknown resource type, got heroku-native:index:Dyno; the provider heroku-native has heroku-native:index:ContainerRelease, heroku-native:index:AppPreflight, heroku-native:index:PromotedImage, heroku-native:index:BackupSchedule, heroku-native:index:RedisConfig, heroku-native:index:PostgresSettings",
    );
  });

  it("forgets what an earlier version left in the state, and does nothing else with it", async () => {
    const former = { inputs: { processType: "web" }, state: { processType: "web", imageId: "sha256:1" } };

    expect(await plugin.read("ImagePreflight", "web", former)).toEqual({ id: "", inputs: {}, state: {} });
    await plugin.delete("ImagePreflight", "web", former.state);

    expect(heroku.seen).toEqual([]);
    expect(await failure(plugin.check("ImagePreflight", former.inputs))).toMatch(
      /^unknown resource type, got heroku-native:index:ImagePreflight; /,
    );
    expect(await failure(plugin.delete("Dyno", "web", {}))).toMatch(
      /^unknown resource type, got heroku-native:index:Dyno; /,
    );
  });

  it("refuses an asset as an input", async () => {
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" };

    expect(await failure(plugin.check("BackupSchedule", { ...schedule, database: asset }))).toBe(
      "an asset, archive or resource cannot be an input here, got one; give a string",
    );
  });

  it("refuses a function by its name", async () => {
    const call = plugin.ask<proto.InvokeResponse>((grpc, done) =>
      grpc.invoke(new proto.InvokeRequest().setTok("heroku-native:index:getApp"), done),
    );

    expect(await failure(call)).toBe(
      "unknown function, got heroku-native:index:getApp; the provider heroku-native has no functions",
    );
  });

  it("answers what it does not do as not implemented", async () => {
    const call = plugin.ask<proto.ConstructResponse>((grpc, done) =>
      grpc.construct(new proto.ConstructRequest().setType("heroku-native:index:App"), done),
    );

    await expect(call).rejects.toMatchObject({ code: 12 });
  });

  it("carries values that a preview does not know through check and diff", async () => {
    const news = { ...schedule, database: computed };

    expect((await plugin.check("BackupSchedule", news)).inputs.database).toBe(computed);
    expect(await plugin.diff("BackupSchedule", { inputs: schedule, state: schedule }, news)).toMatchObject({
      detailed: { database: "UPDATE_REPLACE" },
    });
  });

  it("shows the engine what it waits for, beside the resource", async () => {
    const engine = await EngineLogServer.start();
    await plugin.ask<Empty>((grpc, done) => grpc.attach(new PluginAttach().setAddress(engine.address), done));
    const addon = scriptAddon(heroku, "heroku-postgresql:essential-0");
    scriptReadiness(heroku, addon, refusal(503, "maintenance", "Later"), refusal(404, "not_found", "No"), { body: {} });
    scriptSchedules(heroku, addon, []);

    await plugin.create("BackupSchedule", schedule);

    expect(await engine.received(2)).toEqual([
      expect.objectContaining({ message: "Heroku did not answer; trying again in 1 s", urn: urnOf("BackupSchedule") }),
      expect.objectContaining({
        message: 'waiting for Heroku Postgres "round-12345" to be ready (0 s)',
        ephemeral: true,
      }),
    ]);
    engine.stop();
  });

  it("ends every operation when the engine cancels", async () => {
    heroku.on("GET /addons/round-12345", { hang: true });
    const creation = failure(plugin.create("BackupSchedule", schedule));
    while (heroku.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    await plugin.cancel();

    expect(await creation).toBe("the operation was cancelled, got an interrupt; run `pulumi up` to go on");
  });

  it("never shows the API key in an error", async () => {
    heroku.on("GET /addons/round-12345", refusal(403, "forbidden", "No access."));

    expect(await failure(plugin.create("BackupSchedule", schedule))).toBe(
      "GET /addons/round-12345: 403 forbidden: No access.",
    );
  });
});
