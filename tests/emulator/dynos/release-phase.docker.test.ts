import { TestApps } from "../docker/test-apps";
import { buildImage, buildWebImage } from "../docker/test-image";
import type { TestInstance } from "../docker/test-instance";

interface Release {
  version: number;
  status: string;
  output_stream_url: string | null;
}

interface Dyno {
  name: string;
  type: string;
  release: { version: number };
}

describe("release phases", () => {
  let test: TestInstance;
  let apps: TestApps;

  beforeAll(async () => {
    apps = await TestApps.start();
    ({ test } = apps);
    await test.addApp("phases");
  });

  afterAll(async () => {
    expect(await apps?.destroy()).toEqual([]);
  });

  const newest = async () => (await test.call<Release[]>("GET", "/apps/phases/releases")).at(-1);
  const phases = async () =>
    (await test.call<Dyno[]>("GET", "/apps/phases/dynos")).filter(({ type }) => type === "release");

  it("keeps every line of a program that prints faster than anybody reads", async () => {
    const web = await apps.pushed("phases", "web", (tag) => buildWebImage(tag));
    const script = 'print "noise $_\\n" for 1 .. 900_000';
    const prints = await apps.pushed("phases", "release", (tag) =>
      buildImage(tag, `CMD ["perl", "-e", ${JSON.stringify(script)}]`),
    );
    await test.release("phases", { web, release: prints });
    const pending = await newest();
    const output = await (await fetch(String(pending?.output_stream_url))).text();
    expect(output.split("\n").length).toBe(900_001);
    expect(output.endsWith("\nnoise 900000\n")).toBe(true);
    expect(await newest()).toMatchObject({ version: pending?.version, status: "succeeded" });
  });

  it("have failed once their dyno is stopped, even if the process exits with 0 on SIGTERM", async () => {
    await test.until(() => apps.isUp("phases"));
    const web = await apps.pushed("phases", "web", (tag) => buildWebImage(tag));
    const script = "trap 'exit 0' TERM; echo waiting for a lock; while :; do sleep 0.1; done";
    const waits = await apps.pushed("phases", "release", (tag) =>
      buildImage(tag, `CMD ["/bin/sh", "-c", ${JSON.stringify(script)}]`),
    );
    await test.release("phases", { web, release: waits });
    await test.until(async () => (await test.logLines("phases")).some((line) => line.endsWith(": waiting for a lock")));
    const [phase] = await phases();
    expect(phase).toMatchObject({ type: "release", release: { version: (await newest())?.version } });

    await test.call("POST", `/apps/phases/dynos/${phase?.name}/actions/stop`, undefined, [202]);

    await test.until(async () => (await newest())?.status === "failed");
    expect(await phases()).toEqual([]);
    expect((await apps.visit("phases")).text).toContain("ENV KIND=web");
  });
});
