import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as native from "@skechwime/heroku-native";
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
      outputs: () => ({ repoDigest: "localhost:5075/sketch/web@sha256:1", imageId: "sha256:1" }),
    });
  });

  afterEach(() => {
    process.chdir(home);
    project.remove();
  });

  const args = { repository: "localhost:5075/sketch/web", registry, context: "./app", target: "web" };

  it("checks the image with the given provider and the same context before pushing it", async () => {
    const provider = new native.Provider("native", { apiKey: "key" });
    const preflight = {
      processType: "web",
      healthPath: "/ok",
      memoryLimit: 512,
      sizeLimit: 1_000,
      environment: { A: "1" },
      placeholders: ["TOKEN"],
      onPreview: false,
    };
    const image = new DockerImage("image-web", { ...args, preflight }, { providers: [provider] });
    const tried = await recorder.only("heroku-native:index:ImagePreflight");
    const pushed = await recorder.only(imageType);
    const { context } = Object(pushed.inputs.build);
    expect(tried.inputs).toEqual({
      ...preflight,
      context,
      dockerfile: "Dockerfile",
      target: "labelled-web",
      shownAs: "app/Dockerfile",
    });
    expect(tried.secrets).toEqual([]);
    expect(tried.provider).toMatch(/::native::native-id$/);
    expect(pushed.dependencies).toEqual([expect.stringMatching(/\$heroku-native:index:ImagePreflight::image-web$/)]);
    expect(await resolved(pulumi.output(image.imageId))).toBe("sha256:1");
  });

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
    expect(image.imageId).toBeUndefined();
    expect(await recorder.ofType("heroku-native:index:ImagePreflight")).toEqual([]);
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
