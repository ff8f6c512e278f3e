import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { dependencies } from "../../../package.json";
import { docker } from "../../../stand-ins/docker/plugin";
import { bag, computed, failure, PluginClient } from "../../provider/support/plugin-client";

const image = "docker:index/image:Image";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const official = "install the official provider with `pulumi plugin install resource docker v5.0.0`";

const inputs = {
  imageName: "localhost:5000/app/web:latest",
  build: { context: "app", dockerfile: "app/Dockerfile", platform: "linux/amd64", target: "web" },
  registry: { server: "localhost:5000", username: "_", password: "hunter2" },
  skipPush: false,
};

describe("Stand-in for docker", () => {
  const home = process.cwd();
  let folder: string;
  let plugin: PluginClient;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "image-"));
    process.chdir(folder);
    mkdirSync("app");
    writeFileSync("app/Dockerfile", "FROM scratch AS web\n");
    plugin = await PluginClient.of(docker, {});
  });
  afterAll(() => {
    plugin.stop();
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it("is of the version that the program's package asks for", () => {
    expect(docker.version).toBe(dependencies["@pulumi/docker"]);
  });

  describe("comparing", () => {
    const checked = { ...inputs, build: { ...inputs.build, contextDigest: "1" }, buildOnPreview: false };
    const state = { imageName: inputs.imageName, repoDigest: "x", __inputs: checked };
    const diff = (news: Record<string, unknown>) => plugin.diff(image, { inputs: {}, state }, { ...checked, ...news });

    it.each([
      ["the same inputs", {}],
      ["another password", { registry: { ...inputs.registry, password: "new" } }],
      ["no user", { registry: { server: "localhost:5000" } }],
      ["a password that a preview does not know", { registry: { ...inputs.registry, password: computed } }],
      ["no server", { registry: { username: "_" } }],
    ])("sees no change in %s", async (_what, news) => {
      expect(await diff(news)).toMatchObject({ changed: false, detailed: {} });
    });

    it.each([
      [{ build: { ...checked.build, contextDigest: "2" } }, { build: "UPDATE" }],
      [{ registry: { ...inputs.registry, server: "localhost:5001" } }, { registry: "UPDATE" }],
      [{ registry: computed }, { registry: "UPDATE" }],
      [{ registry: undefined }, { registry: "DELETE" }],
      [
        { imageName: computed, skipPush: true },
        { imageName: "UPDATE", skipPush: "UPDATE" },
      ],
    ])("updates in place on %j", async (news, detailed) => {
      expect(await diff(news)).toMatchObject({ changed: true, replaces: [], detailed });
    });

    it("compares with the inputs in the state only, as the official provider does", async () => {
      const change = await plugin.diff(image, { inputs: checked, state: { imageName: "x" } }, checked);

      expect(Object.values(change.detailed)).toEqual(["ADD", "ADD", "ADD", "ADD", "ADD"]);
    });
  });

  it("reads the state as it was written, and deletes nothing", async () => {
    const state = { imageName: inputs.imageName, baseImageName: inputs.imageName, repoDigest: "x", __inputs: inputs };

    expect(await plugin.read(image, inputs.imageName, { inputs, state })).toEqual({
      id: inputs.imageName,
      inputs: { ...inputs, registry: { ...inputs.registry, password: secret("hunter2") } },
      state: { ...state, __inputs: secret(inputs) },
    });
    expect((await plugin.read(image, inputs.imageName)).id).toBe("");
    await expect(plugin.delete(image, inputs.imageName, state)).resolves.toBeUndefined();
  });

  it("knows no digest in a preview that builds nothing", async () => {
    const { state } = await plugin.create(image, inputs, true);

    expect(state).toMatchObject({ imageName: inputs.imageName, repoDigest: computed, baseImageName: computed });
  });

  it("keeps its own configuration as it is given, and refuses settings that it does not have", async () => {
    const request = new proto.CheckRequest().setNews(bag({ version: "5.0.0", certPath: "/certs" }));
    const answer = await plugin.ask<proto.CheckResponse>((grpc, done) => grpc.checkConfig(request, done));

    expect(answer.getInputs()?.toJavaScript()).toEqual({ version: "5.0.0", certPath: "/certs" });
    expect(answer.getFailuresList().map((one) => one.getReason())).toEqual([
      'unknown input, got "certPath"; known are host',
    ]);
  });

  it("refuses every other type by its name, and says where it is", async () => {
    expect(await failure(plugin.check("docker:index/container:Container", {}))).toBe(
      `unknown resource type, got docker:index/container:Container; this stand-in has Image only; ${official}`,
    );
  });
});
