import { describeWithCli } from "../../support/heroku-cli";
import { get } from "../docker/http-get";
import { buildImage, buildWebImage, push, removeImages } from "../docker/test-image";
import { CliFixture } from "./cli-fixture";

describeWithCli("Heroku's CLI with dynos", () => {
  let cli: CliFixture;
  let test: CliFixture["test"];
  let heroku: CliFixture["heroku"];
  const images: Record<string, string> = {};
  const tags: string[] = [];

  beforeAll(async () => {
    cli = await CliFixture.open();
    ({ test, heroku } = cli);
    await test.addApp("canvas");
    await test.addApp("canvas-live");
    for (const version of ["one", "two"]) {
      const tag = `${test.host}/canvas/web:${version}`;
      tags.push(tag);
      images[version] = await buildWebImage(tag, { VERSION: version });
      await push(tag, "local-heroku");
    }
    const worker = `${test.host}/canvas/worker`;
    tags.push(worker);
    images.worker = await buildImage(worker, 'CMD ["/bin/sh", "-c", "while :; do echo tick; sleep 1; done"]');
    await push(worker, "local-heroku");
    await test.release("canvas", { web: images.one ?? "", worker: images.worker });
    await test.release("canvas", { web: images.two ?? "" });
  });

  afterAll(async () => {
    await cli?.destroy();
    await removeImages(...tags);
  });

  const upSince = (name: string) => new RegExp(`^${name.replace(".", "\\.")}: up \\d{4}/`, "m");
  const shows = (...names: string[]) =>
    test.until(async () => {
      const printed = await heroku.run("ps", "-a", "canvas");
      return names.every((name) => upSince(name).test(printed));
    });

  it("ps shows the dynos of the formation with their command", async () => {
    await shows("web.1");
    expect(await heroku.run("ps", "-a", "canvas")).toMatch(/^=== web \(Basic\): perl \/server\.pl \(1\)$/m);
  });

  it("ps:type changes sizes and prints the cost, ps:scale changes quantities", async () => {
    const types = await heroku.run("ps:type", "standard-1x", "-a", "canvas");
    expect(types).toContain("Scaling dynos on canvas... done");
    expect(types).toMatch(/^ +web +Standard-1X +1 +~\$0\.035 +\$25$/m);

    expect(await heroku.run("ps:scale", "web=2", "worker=1", "-a", "canvas")).toContain(
      "Scaling dynos... done, now running web at 2:Standard-1X, worker at 1:Standard-1X",
    );
    expect(await heroku.run("ps:scale", "-a", "canvas")).toBe("web=2:Standard-1X worker=1:Standard-1X");
    await shows("web.1", "web.2", "worker.1");
    expect(await heroku.fail("ps:scale", "clock=1", "-a", "canvas")).toContain("Couldn't find that");
  });

  it("ps:restart replaces one dyno or all", async () => {
    expect(await heroku.run("ps:restart", "--dyno-name", "web.2", "-a", "canvas")).toContain(
      "Restarting dyno web.2 on canvas... done",
    );
    expect(await heroku.run("ps:restart", "-a", "canvas")).toContain("Restarting all dynos on canvas... done");
    await shows("web.1", "web.2", "worker.1");
    expect(await heroku.run("ps:wait", "-a", "canvas")).not.toContain("Error");
  });

  it("logs shows the newest lines, logs --tail new ones", async () => {
    const line = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00`;
    const lines = await heroku.run("logs", "-n", "1000", "-a", "canvas");
    expect(lines).toMatch(new RegExp(`^${line} heroku\\[web\\.1\\]: State changed from starting to up$`, "m"));
    expect(lines).toMatch(
      new RegExp(`^${line} app\\[api\\]: Scaled to web@2:Standard-1X worker@1:Standard-1X by user `, "m"),
    );

    const seen = await heroku.runUntil(
      /(app\[worker\.1\]: tick\s+\S+ ){2}/,
      "logs",
      "--tail",
      "--dyno-name",
      "worker.1",
      "-a",
      "canvas",
    );
    expect(seen).not.toContain("[web.");
  });

  it("releases lists what was deployed, rollback returns to it", async () => {
    const short = (id = "") => id.replace("sha256:", "").slice(0, 12);
    const releases = await heroku.run("releases", "-a", "canvas");
    expect(releases).toMatch(new RegExp(`v4 +Deployed web \\(${short(images.two)}\\) +dev@localhost`));
    expect(await heroku.run("rollback", "v3", "-a", "canvas")).toContain("Rolling back canvas to v3... done, v5");
    expect(await heroku.run("releases", "-a", "canvas")).toMatch(/v5 +Rollback to v3 +dev@localhost/);
    const serving = async () => (await get(test.url, { Host: `canvas.localhost:${test.port}` })).text;
    await test.until(async () => (await serving()).includes("ENV VERSION=one\n"));
    expect(await heroku.fail("rollback", "v1", "-a", "canvas")).toContain("Error ID: invalid_params");
  });

  it("pipelines:promote releases the image downstream", async () => {
    await heroku.run("pipelines:create", "gallery", "--stage", "staging", "-a", "canvas");
    await heroku.run("pipelines:add", "gallery", "--stage", "production", "-a", "canvas-live");
    const promoted = await heroku.run("pipelines:promote", "-a", "canvas");
    expect(promoted).toContain("Starting promotion to production...");
    expect(promoted).toMatch(/Promotion successful\ncanvas-live: succeeded$/);
    await test.until(async () => upSince("web.1").test(await heroku.run("ps", "-a", "canvas-live")));
  });
});
