import childProcess from "node:child_process";
import { type AppImagesArgs, appImages } from "../../../components/support/app-images";
import { GitFolder } from "../../support/git-folder";
import { Recorder, resolved } from "../../support/recorder";

const promotedType = "heroku-native:index:PromotedImage";
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const args: AppImagesArgs = {
  app: "prod-app",
  registry: { server: "localhost:5075", username: "_", password: "hunter2" },
  // Not there: whoever promotes needs no build context.
  build: { context: "./nowhere" },
  targets: { web: "web", release: "release" },
};
const dev = {
  web: `localhost:5075/dev-app/web@${digest("a")}`,
  release: `localhost:5075/dev-app/release@${digest("b")}`,
};

/** Another stack answers a reference with these outputs. */
const recorder = (outputs: Record<string, unknown> = {}) =>
  Recorder.start({
    outputs: ({ type, inputs }) =>
      type === "pulumi:pulumi:StackReference"
        ? { outputs }
        : { reference: `${inputs.app}/${inputs.processType}`, summary: `summary of ${inputs.processType}` },
  });

describe("appImages", () => {
  it("promotes what another stack runs and builds nothing", async () => {
    const engine = await recorder({ image: { references: dev }, releasedAt: "2026-11-21T09:00:00Z" });

    const { references, promotion } = appImages({ ...args, promote: { stack: "dev" } }, {});

    const made = await engine.ofType(promotedType);
    expect(made.map(({ name, inputs }) => [name, inputs])).toEqual(
      (["web", "release"] as const).map((type) => [
        `promoted-${type}`,
        { source: dev[type], app: "prod-app", processType: type, from: "dev", since: "2026-11-21T09:00:00Z" },
      ]),
    );
    expect((await engine.only("pulumi:pulumi:StackReference")).inputs).toEqual({ name: "organization/skechwime/dev" });
    expect(await engine.ofType("docker:index/image:Image")).toEqual([]);
    expect(references.web && (await resolved(references.web))).toBe("prod-app/web");
    expect(promotion?.release && (await resolved(promotion.release))).toBe("summary of release");
  });

  it("uses a full stack name unchanged", async () => {
    const engine = await recorder({ image: { references: dev } });
    appImages({ ...args, promote: { stack: "others/project/dev" } }, {});
    expect((await engine.only("pulumi:pulumi:StackReference")).inputs).toEqual({ name: "others/project/dev" });
  });

  it("promotes exact images, by reference or by digest in the app's own repository", async () => {
    const engine = await recorder();
    appImages({ ...args, promote: { web: dev.web, release: digest("c") } }, {});
    const made = await engine.ofType(promotedType);
    expect(made.map(({ inputs }) => inputs)).toEqual([
      { source: dev.web, app: "prod-app", processType: "web" },
      { source: `localhost:5075/prod-app/release@${digest("c")}`, app: "prod-app", processType: "release" },
    ]);
  });

  describe("with a build context", () => {
    const home = process.cwd();
    let project: GitFolder;

    beforeEach(() => {
      project = GitFolder.create();
      project.write({ "app/Dockerfile": "FROM scratch AS web\nFROM web AS release\n" });
      project.commit("2026-03-01T10:00:00Z");
      process.chdir(project.path);
    });

    afterEach(() => {
      jest.restoreAllMocks();
      process.chdir(home);
      project.remove();
    });

    it("reads it once and builds each image from its own stage", async () => {
      const engine = await recorder();
      const run = jest.spyOn(childProcess, "spawnSync");

      appImages({ ...args, build: { context: "./app" } }, {});

      const looks = run.mock.calls.filter(([, parameters]) => parameters?.includes("log"));
      const built = (await engine.ofType("docker:index/image:Image")).map(({ inputs }) => Object(inputs.build));
      expect(looks).toHaveLength(1);
      expect(built.map(({ target }) => target)).toEqual(["labelled-web", "labelled-release"]);
      expect(new Set(built.map(({ context }) => context)).size).toBe(1);
    });
  });
});
