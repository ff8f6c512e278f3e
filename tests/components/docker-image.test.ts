import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DockerImage } from "../../components/docker-image";
import { Recorder, resolved } from "../support/recorder";

const imageType = "docker:index/image:Image";
const registry = { server: "localhost:5075", username: "_", password: "hunter2" };

describe("DockerImage", () => {
  const home = process.cwd();
  let project: string;
  let recorder: Recorder;

  beforeEach(async () => {
    project = mkdtempSync(join(tmpdir(), "image-"));
    process.chdir(project);
    mkdirSync("app");
    writeFileSync("app/Dockerfile", "FROM scratch AS base\nFROM base AS web\n");
    recorder = await Recorder.start({ outputs: () => ({ repoDigest: "localhost:5075/sketch/web@sha256:1" }) });
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(project, { recursive: true });
  });

  const args = { repository: "localhost:5075/sketch/web", registry, context: "./app", target: "web" };

  it("builds the stage for linux/amd64 from a staged context and pushes it", async () => {
    const image = new DockerImage("image-web", args);
    const { inputs, secrets, parent } = await recorder.only(imageType);
    expect(inputs).toMatchObject({ imageName: "localhost:5075/sketch/web:latest", registry });
    expect(inputs.build).toEqual({
      context: expect.stringMatching(/^\.local\/build\/[0-9a-f]{16}$/),
      dockerfile: expect.stringMatching(/^\.local\/build\/[0-9a-f]{16}\/Dockerfile$/),
      platform: "linux/amd64",
      target: "web",
    });
    expect(secrets.some((path) => path.startsWith("registry"))).toBe(true);
    expect(parent).toContain("skechwime:components:DockerImage::image-web");
    expect(await resolved(image.reference)).toBe("localhost:5075/sketch/web@sha256:1");
  });

  it.each([
    [{ context: "./ap" }, /context must be a folder that exists, got ".\/ap"; write its path from Pulumi\.yaml$/],
    [
      { dockerfile: "Dockerfil" },
      /dockerfile must be a file in \.\/app, got "Dockerfil"; write the Dockerfile's path inside the build context$/,
    ],
    [{ target: "wbe" }, /target must be a stage of app\/Dockerfile, got "wbe"; its stages are base, web$/],
  ])("refuses %j and registers nothing", async (change, message) => {
    expect(() => new DockerImage("image-web", { ...args, ...change })).toThrow(message);
    expect(await recorder.settled()).toEqual([]);
  });
});
