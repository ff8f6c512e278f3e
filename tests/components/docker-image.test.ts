import { readFileSync } from "node:fs";
import { DockerImage } from "../../components/docker-image";
import { GitFolder } from "../support/git-folder";
import { Recorder, resolved } from "../support/recorder";

const imageType = "docker:index/image:Image";
const registry = { server: "localhost:5075", username: "_", password: "hunter2" };

describe("DockerImage", () => {
  const home = process.cwd();
  let project: GitFolder;
  let revision: string;
  let recorder: Recorder;

  beforeEach(async () => {
    project = GitFolder.create();
    project.write({ "app/Dockerfile": "FROM scratch AS base\nFROM base AS web\n" });
    revision = project.commit("2026-03-01T10:00:00Z");
    process.chdir(project.path);
    recorder = await Recorder.start({
      outputs: () => ({ repoDigest: "localhost:5075/sketch/web@sha256:1" }),
    });
  });

  afterEach(() => {
    process.chdir(home);
    project.remove();
  });

  const args = { repository: "localhost:5075/sketch/web", registry, context: "./app", target: "web" };

  it("labels the image with its commit", async () => {
    new DockerImage("image-web", { ...args, source: "https://git.example.com/us/app" });
    const { build } = (await recorder.only(imageType)).inputs;
    expect(readFileSync(Object(build).dockerfile, "utf8")).toContain(
      `FROM web AS labelled-web\nLABEL org.opencontainers.image.revision="${revision}" ` +
        'org.opencontainers.image.created="2026-03-01T10:00:00Z" ' +
        'org.opencontainers.image.source="https://git.example.com/us/app"\n',
    );
  });

  it("builds the stage for linux/amd64 from a staged context and pushes it", async () => {
    const image = new DockerImage("image-web", args);
    const { inputs, secrets, parent } = await recorder.only(imageType);
    expect(inputs).toMatchObject({ imageName: "localhost:5075/sketch/web:latest", registry });
    expect(inputs.build).toEqual({
      context: expect.stringMatching(/^\.local\/build\/[0-9a-f]{16}$/),
      dockerfile: expect.stringMatching(/^\.local\/build\/[0-9a-f]{16}\/Dockerfile$/),
      platform: "linux/amd64",
      target: "labelled-web",
    });
    expect(secrets.some((path) => path.startsWith("registry"))).toBe(true);
    expect(parent).toContain("skechwime:components:DockerImage::image-web");
    expect(await resolved(image.reference)).toBe("localhost:5075/sketch/web@sha256:1");
  });

  it("builds the image with another command and with build arguments", async () => {
    new DockerImage("image-worker", { ...args, command: "celery worker", buildArgs: { PYTHON: "3.13" } });
    const { dockerfile, ...build } = Object((await recorder.only(imageType)).inputs.build);
    expect(build).toMatchObject({ target: "command-image", args: { PYTHON: "3.13" } });
    expect(readFileSync(dockerfile, "utf8")).toMatch(
      /\nFROM labelled-web AS command-image\nCMD \["\/bin\/sh","-c","celery worker"\]\n$/,
    );
  });

  it.each(["./Dockerfile", "../app/Dockerfile", "../Dockerfile.web"])(
    "builds with the Dockerfile %j",
    async (dockerfile) => {
      project.write({ "Dockerfile.web": "FROM scratch AS WEB\n", "app/.dockerignore": "Dockerfile*" });
      project.commit("2026-03-02T10:00:00Z");
      new DockerImage("image-web", { ...args, dockerfile, target: "web" });
      const { context, dockerfile: staged, target } = Object((await recorder.only(imageType)).inputs.build);
      expect(staged).toBe(`${context}/${dockerfile.split("/").at(-1)}`);
      expect(readFileSync(staged, "utf8")).toMatch(new RegExp(`AS ${target}$`, "im"));
    },
  );

  it.each([
    [{ context: "./ap" }, /context must be a folder that exists, got ".\/ap"; write its path from Pulumi\.yaml$/],
    [
      { dockerfile: "Dockerfil" },
      /dockerfile must be a file, got "Dockerfil"; write its path from the build context \.\/app$/,
    ],
    [{ dockerfile: "." }, /dockerfile must be a file, got "\."; /],
    [{ target: "wbe" }, /target must be a stage of app\/Dockerfile, got "wbe"; its stages are base, web$/],
  ])("rejects %j and registers nothing", async (change, message) => {
    expect(() => new DockerImage("image-web", { ...args, ...change })).toThrow(message);
    expect(await recorder.settled()).toEqual([]);
  });
});
