import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { buildImage } from "../../../provider/docker/build/build";
import { connectDocker } from "../../../provider/docker/engine";
import { docker } from "../../../stand-ins/docker/plugin";
import { EngineLogServer } from "../../provider/support/engine-log";
import { failure, PluginClient } from "../../provider/support/plugin-client";
import { LocalHerokuProcess } from "../../support/local-heroku-process";

const image = "docker:index/image:Image";
const password = "local-heroku";

describe("Stand-in for docker", () => {
  const home = process.cwd();
  let folder: string;
  let heroku: LocalHerokuProcess;
  let engine: EngineLogServer;
  let plugin: PluginClient;

  beforeAll(async () => {
    heroku = await LocalHerokuProcess.start();
    await heroku.api("POST", "/apps", { name: "stand-in", stack: "container" });
    engine = await EngineLogServer.start();
    plugin = await PluginClient.of(docker, {}, { engineAddress: engine.address });
    folder = mkdtempSync(join(tmpdir(), "image-"));
    process.chdir(folder);
    mkdirSync("app");
  });
  afterAll(async () => {
    for (const registry of [heroku.port, 1]) {
      await new Docker().getImage(`localhost:${registry}/stand-in/web:latest`).remove();
    }
    process.chdir(home);
    rmSync(folder, { recursive: true });
    plugin.stop();
    engine.stop();
    await heroku.destroy();
  });

  /** Inputs as a check completes them. */
  async function checked(
    dockerfile: string,
    changes: Record<string, unknown> = {},
    build: Record<string, unknown> = {},
  ) {
    writeFileSync("app/Dockerfile", dockerfile);
    const registry = `localhost:${heroku.port}`;
    const { inputs, failures } = await plugin.check(image, {
      imageName: `${registry}/stand-in/web:latest`,
      build: { context: "app", dockerfile: "app/Dockerfile", platform: "linux/amd64", ...build },
      registry: { server: registry, username: "_", password },
      ...changes,
    });
    expect(failures).toEqual({});
    return inputs;
  }

  const manifest = async (reference: string) => {
    const authorization = `Basic ${Buffer.from(`_:${password}`).toString("base64")}`;
    const accept = "application/vnd.docker.distribution.manifest.v2+json";
    const response = await fetch(`${heroku.url}/v2/stand-in/web/manifests/${reference}`, {
      headers: { accept, authorization },
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const localImage = () => new Docker().getImage(`localhost:${heroku.port}/stand-in/web:latest`).inspect();
  const unique = () => `RUN echo ${Date.now()}-${Math.random()} > /unique\n`;

  it("pushes the very image that a preflight builds, and says so in two lines when all is cached", async () => {
    const inputs = await checked(
      `FROM debian:trixie-slim AS web\nCOPY . /app\n${unique()}CMD ["sh"]\n`,
      {},
      { target: "web" },
    );
    const order = { context: "app", dockerfile: "Dockerfile", target: "web", logFile: "preflight.log" };
    const tried = await buildImage(await connectDocker(), order, new AbortController().signal, () => {});

    const { id, state } = await plugin.create(image, inputs);

    const { repoDigest, __inputs, ...outputs } = state;
    const name = `localhost:${heroku.port}/stand-in/web`;
    expect(id).toBe(`${name}:latest`);
    expect(outputs).toEqual({
      baseImageName: id,
      context: "app",
      dockerfile: "Dockerfile",
      imageName: id,
      platform: "linux/amd64",
      registryServer: `localhost:${heroku.port}`,
    });
    expect(__inputs).toMatchObject({ value: { imageName: id, build: inputs.build, registry: { password } } });
    expect((await localImage()).Id).toBe(tried);
    const [, digest = ""] = String(repoDigest).split("@");
    expect(repoDigest).toBe(`${name}@${digest}`);
    expect(await manifest(digest)).toMatchObject({
      status: 200,
      body: { schemaVersion: 2, config: { digest: tried } },
    });
    expect(engine.messages.map(({ message, ephemeral }) => [message, ephemeral])).toEqual([
      ["building the image", true],
      [`pushing ${name}`, true],
    ]);
  });

  it("builds with arguments, hosts and a network, and pushes nothing where it shall not", async () => {
    const dockerfile =
      "FROM debian:trixie-slim\nARG GREETING\n" +
      `RUN test "$GREETING" = "good day" && grep -q 10.1.2.3 /etc/hosts && ! ls /sys/class/net | grep -qv lo\n${unique()}`;
    const build = { args: { GREETING: "good day" }, addHosts: ["somewhere:10.1.2.3"], network: "none" };
    const inputs = await checked(dockerfile, { skipPush: true }, build);

    const { state } = await plugin.create(image, inputs);

    expect(state.repoDigest).toBe((await localImage()).Id);
    expect(await manifest("latest")).not.toMatchObject({ body: { config: { digest: state.repoDigest } } });
  });

  it("builds in a preview when told so, and pushes nothing", async () => {
    const inputs = await checked(`FROM debian:trixie-slim\n${unique()}`, { buildOnPreview: true });

    const { state } = await plugin.create(image, inputs, true);

    expect(state.repoDigest).toBe((await localImage()).Id);
    expect(await manifest("latest")).not.toMatchObject({ body: { config: { digest: state.repoDigest } } });
  });

  it("names the step that failed, with its last lines, and no password", async () => {
    const inputs = await checked(`FROM debian:trixie-slim\n${unique()}RUN echo what went wrong; exit 3\n`);

    const message = await failure(plugin.create(image, inputs));

    expect(message).toMatch(/^RUN echo what went wrong; exit 3 cannot be built, got ".*exit code: 3"; correct it /);
    expect(message).toMatch(/\n {4}what went wrong$/);
    expect(message).not.toContain(password);
  });

  it("says what keeps it from pushing", async () => {
    const dockerfile = "FROM debian:trixie-slim\nCOPY . /app\n";
    const server = `localhost:${heroku.port}`;
    const wrong = await checked(dockerfile, { registry: { server, username: "_", password: "wrong-password" } });
    const message = await failure(plugin.create(image, wrong));

    expect(message).toMatch(/ cannot be pushed, got ".*"; correct registry.username and registry.password$/);
    expect(message).not.toContain("wrong-password");

    const nowhere = await checked(dockerfile, { imageName: "localhost:1/stand-in/web" });
    expect(await failure(plugin.create(image, nowhere))).toMatch(/ cannot be pushed, got ".*"; start the registry$/);
  });
});
