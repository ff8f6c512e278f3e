import { TestApps } from "../docker/test-apps";
import { buildImage, buildWebImage } from "../docker/test-image";
import { SHORT_LIMITS, TestInstance } from "../docker/test-instance";

interface Release {
  version: number;
  status: string;
}

interface Dyno {
  name: string;
  type: string;
  release: { version: number };
}

describe("a release phase that does not end", () => {
  let test: TestInstance;
  let apps: TestApps;

  beforeAll(async () => {
    test = await TestInstance.start({ dynoLimits: SHORT_LIMITS });
    apps = new TestApps(test);
    await test.addApp("stuck");
  });

  afterAll(async () => {
    await test?.destroy();
    await apps?.removeImages();
    expect(await test?.leftovers()).toEqual([]);
  });

  const newest = async () => (await test.call<Release[]>("GET", "/apps/stuck/releases")).at(-1);
  const phases = async () =>
    (await test.call<Dyno[]>("GET", "/apps/stuck/dynos")).filter(({ type }) => type === "release");

  it("has failed once its dyno is stopped, also when the process ends well upon SIGTERM", async () => {
    const web = await apps.pushed("stuck", "web", (tag) => buildWebImage(tag));
    await test.release("stuck", { web });
    await test.until(() => apps.isUp("stuck"));
    const script = "trap 'exit 0' TERM; echo waiting for a lock; while :; do sleep 0.1; done";
    const waits = await apps.pushed("stuck", "release", (tag) =>
      buildImage(tag, `CMD ["/bin/sh", "-c", ${JSON.stringify(script)}]`),
    );
    await test.release("stuck", { web, release: waits });
    await test.until(async () => (await test.logLines("stuck")).some((line) => line.endsWith(": waiting for a lock")));
    const [phase] = await phases();
    expect(phase).toMatchObject({ type: "release", release: { version: (await newest())?.version } });

    await test.call("POST", `/apps/stuck/dynos/${phase?.name}/actions/stop`, undefined, [202]);

    await test.until(async () => (await newest())?.status === "failed");
    expect(await phases()).toEqual([]);
    expect((await apps.visit("stuck")).text).toContain("ENV KIND=web");
  });
});
