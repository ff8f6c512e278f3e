import childProcess from "node:child_process";
import { readFileSync } from "node:fs";
import * as native from "@skechwime/heroku-native";
import { type AppImagesArgs, appImages } from "../../../components/support/app-images";
import { GitFolder } from "../../support/git-folder";
import { Recorder, resolved } from "../../support/recorder";

const imageType = "docker:index/image:Image";
const preflightType = "heroku-native:index:AppPreflight";
const promotedType = "heroku-native:index:PromotedImage";
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const args: AppImagesArgs = {
  app: "prod-app",
  registry: { server: "localhost:5075", username: "_", password: "hunter2" },
  // Not there: whoever promotes needs no build context.
  build: { context: "./nowhere" },
  types: { web: { target: "web" }, release: { target: "release" } },
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
    expect(await engine.ofType(imageType)).toEqual([]);
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
      const built = (await engine.ofType(imageType)).map(({ inputs }) => Object(inputs.build));
      expect(looks).toHaveLength(1);
      expect(built.map(({ target }) => target)).toEqual(["labelled-web", "labelled-release"]);
      expect(new Set(built.map(({ context }) => context)).size).toBe(1);
    });

    it("builds several process types of one stage, which differ only in their commands", async () => {
      const engine = await recorder();
      const types = { web: { target: "web" }, worker: { target: "web", command: 'echo "work"' } };

      appImages({ ...args, build: { context: "./app", args: { PYTHON: "3.13" } }, types }, {});

      const made = await engine.ofType(imageType);
      const built = made.map(({ inputs }) => Object(inputs.build));
      expect(made.map(({ name, inputs }) => [name, inputs.imageName])).toEqual([
        ["image-web", "localhost:5075/prod-app/web:latest"],
        ["image-worker", "localhost:5075/prod-app/worker:latest"],
      ]);
      expect(built.map(({ target }) => target)).toEqual(["labelled-web", "command-worker"]);
      expect(built.map(({ args }) => args)).toEqual([{ PYTHON: "3.13" }, { PYTHON: "3.13" }]);
      expect(new Set(built.map(({ dockerfile }) => dockerfile)).size).toBe(1);
      expect(readFileSync(built[0].dockerfile, "utf8")).toMatch(
        /FROM labelled-web AS command-worker\nCMD \["\/bin\/sh","-c","echo \\"work\\""\]\n$/,
      );
    });

    it("builds a process type from its own Dockerfile, and the others from that of the build", async () => {
      project.write({
        "app/web.dockerfile": "FROM scratch AS site\n",
        "app/worker.dockerfile": "FROM scratch AS work\n",
      });
      project.commit("2026-03-02T10:00:00Z");
      const engine = await recorder();
      const types = {
        web: { dockerfile: undefined, target: "site" },
        worker: { dockerfile: "worker.dockerfile", target: undefined },
      };

      appImages({ ...args, build: { context: "./app", dockerfile: "web.dockerfile" }, types }, {});

      const built = (await engine.ofType(imageType)).map(({ inputs }) => Object(inputs.build));
      expect(built.map(({ target }) => target)).toEqual(["labelled-site", "labelled-work"]);
      expect(built.map(({ dockerfile }) => dockerfile.split("/").at(-1))).toEqual([
        "web.dockerfile",
        "worker.dockerfile",
      ]);
      for (const { dockerfile, target } of built) {
        expect(readFileSync(dockerfile, "utf8")).toContain(` AS ${target}\n`);
      }
    });

    it("tries all images together, with the provider given and of the same context, before any is pushed", async () => {
      const engine = await Recorder.start({
        outputs: ({ type }) => (type === preflightType ? { imageIds: { web: "sha256:1", release: "sha256:2" } } : {}),
      });
      const provider = new native.Provider("native", { apiKey: "key" });
      const common = {
        sizeLimit: 1_000,
        environment: { A: "1" },
        placeholders: ["TOKEN"],
        postgres: ["DATABASE_URL"],
        redis: [],
        healthPath: "/ok",
        healthStatus: 204,
        healthHeaders: { Host: "shop.example.com" },
        releaseCheck: "check",
        skip: ["size"],
        onPreview: true,
      };
      const preflight = { ...common, memoryLimits: { web: 1_024, release: 512 } };
      const build = { context: "./app", args: { PYTHON: "3.13" } };
      const types = { web: { target: "web" }, release: { target: "web", command: "./migrate" } };

      const { tested } = appImages({ ...args, build, types, preflight }, { providers: [provider] });

      const tried = await engine.only(preflightType);
      const pushed = await engine.ofType(imageType);
      const image = {
        context: Object(pushed[0]?.inputs.build).context,
        dockerfile: "Dockerfile",
        shownAs: "app/Dockerfile",
        args: { PYTHON: "3.13" },
      };
      expect(tried.name).toBe("preflight");
      expect(tried.inputs).toEqual({
        ...common,
        images: {
          web: { ...image, target: "labelled-web", memoryLimit: 1_024 },
          release: { ...image, target: "command-release", command: "./migrate", memoryLimit: 512 },
        },
      });
      expect(tried.secrets).toEqual([]);
      expect(tried.provider).toMatch(/::native::native-id$/);
      expect(pushed).toHaveLength(2);
      for (const { dependencies } of pushed) {
        expect(dependencies).toEqual([expect.stringMatching(/heroku-native:index:AppPreflight::preflight$/)]);
      }
      expect(tested?.web && (await resolved(tested.web))).toBe("sha256:1");
      expect(tested?.release && (await resolved(tested.release))).toBe("sha256:2");
    });

    it("pushes images untried where there is no preflight", async () => {
      const engine = await recorder();
      expect(appImages({ ...args, build: { context: "./app" } }, {}).tested).toBeUndefined();
      expect(await engine.ofType(preflightType)).toEqual([]);
      expect((await engine.ofType(imageType)).map(({ dependencies }) => dependencies)).toEqual([[], []]);
    });
  });
});
