import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker } from "../../../stand-ins/docker/plugin";
import { computed, PluginClient } from "../../provider/support/plugin-client";

const image = "docker:index/image:Image";
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
const official = "install the official provider with `pulumi plugin install resource docker v5.0.0`";

const inputs = {
  imageName: "localhost:5000/app/web:latest",
  build: { context: "app", dockerfile: "app/Dockerfile", platform: "linux/amd64", target: "web" },
  registry: { server: "localhost:5000", username: "_", password: "hunter2" },
  skipPush: false,
};

describe("Check of docker.Image", () => {
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

  it("adds what the state needs to see a change, and keeps the password secret", async () => {
    expect(await plugin.check(image, inputs)).toEqual({
      inputs: {
        ...inputs,
        build: { ...inputs.build, contextDigest: digest },
        registry: { ...inputs.registry, password: secret("hunter2") },
        buildOnPreview: false,
      },
      failures: {},
    });
  });

  it("fills in what the program leaves out of the build", async () => {
    const { inputs: completed } = await plugin.check(image, {
      imageName: "app",
      skipPush: true,
      build: { context: "app" },
    });

    expect(completed.build).toEqual({
      context: "app",
      dockerfile: "app/Dockerfile",
      platform: expect.stringMatching(/^linux\/(amd64|arm64)$/),
      contextDigest: digest,
    });
  });

  it("lets pass what a preview does not know", async () => {
    const unknown = { imageName: computed, build: computed, registry: computed, buildOnPreview: computed };

    expect(await plugin.check(image, unknown)).toEqual({
      inputs: { ...unknown, buildOnPreview: false },
      failures: {},
    });
    const build = { ...inputs.build, args: { COMMIT: computed } };
    expect((await plugin.check(image, { ...inputs, build })).inputs.build).toEqual({
      ...build,
      contextDigest: digest,
    });
  });

  it.each([
    ["registry.heroku.com/app/web", "registry.heroku.com"],
    ["app/web", undefined],
    ["localhost.example.com/app/web", undefined],
    ["127.0.0.1.example.com:5000/app/web", undefined],
    ["localhost:5000/app/web", "https://registry.heroku.com/v2"],
  ])("refuses to push %s to %s", async (imageName, server) => {
    const { failures } = await plugin.check(image, {
      ...inputs,
      imageName,
      registry: { ...inputs.registry, server },
    });
    const refused = Object.entries(failures);

    expect(refused).not.toEqual([]);
    for (const [property, reason] of refused) {
      expect(reason).toBe(
        `${property} must be of a registry on this machine (localhost, 127.0.0.1 or [::1]), got ` +
          `"${property === "imageName" ? imageName : server}"; the stand-in for docker pushes to no other: ${official}`,
      );
    }
  });

  it.each(["localhost:5000/a", "localhost/a/b:v1", "127.0.0.1:5000/a", "127.1.2.3/a", "[::1]:5000/a"])(
    "lets %s be pushed to",
    async (imageName) => {
      const { failures } = await plugin.check(image, {
        ...inputs,
        imageName,
        registry: { server: "http://localhost:5000" },
      });

      expect(failures).toEqual({});
    },
  );

  it("asks for no registry where nothing is pushed", async () => {
    const { failures } = await plugin.check(image, {
      ...inputs,
      imageName: "quay.io/app/web:1",
      registry: undefined,
      skipPush: true,
    });

    expect(failures).toEqual({});
  });

  it.each([
    [{ context: "nowhere" }, "build.context", 'build.context must be a folder, got "nowhere"; correct the path'],
    [
      { context: "app", dockerfile: "Dockerfile" },
      "build.dockerfile",
      'build.dockerfile must be a file, got "Dockerfile"; write "app/Dockerfile"',
    ],
    [
      { context: "app", dockerfile: "app/x" },
      "build.dockerfile",
      'build.dockerfile must be a file, got "app/x"; correct the path',
    ],
    [
      { context: "app", dockerfile: "app/../other" },
      "build.dockerfile",
      'build.dockerfile must be a file, got "app/../other"; correct the path',
    ],
    [
      { ...inputs.build, builderVersion: "BuilderV1" },
      "build.builderVersion",
      'builderVersion must be one of "BuilderBuildKit", got "BuilderV1"',
    ],
    [
      { ...inputs.build, cacheFrom: { images: ["x"] } },
      "build.cacheFrom",
      /^unknown input, got "cacheFrom"; known are context, /,
    ],
  ])("refuses the build %j", async (build, property, reason) => {
    const { failures } = await plugin.check(image, { ...inputs, build });

    expect(failures).toEqual({ [property]: typeof reason === "string" ? reason : expect.stringMatching(reason) });
  });

  it("refuses a Dockerfile outside of the context", async () => {
    writeFileSync("Dockerfile", "FROM scratch");

    expect(
      (await plugin.check(image, { ...inputs, build: { context: "app", dockerfile: "Dockerfile" } })).failures,
    ).toEqual({
      "build.dockerfile": 'build.dockerfile must lie in the context "app", got "Dockerfile"; move it there',
    });
    rmSync("Dockerfile");
  });

  it("refuses a name that is none, and never shows a password", async () => {
    expect((await plugin.check(image, { ...inputs, imageName: "localhost:5000/App" })).failures).toEqual({
      imageName:
        'imageName must be <registry>/<repository>[:<tag>], got "localhost:5000/App"; e.g. "localhost:5000/app:latest"',
    });
    const { failures } = await plugin.check(image, { ...inputs, registry: { password: { hunter2: true } } });
    expect(failures).toEqual({ "registry.password": expect.not.stringContaining("hunter2") });
  });
});
