import { describeWithCli } from "../../support/heroku-cli";
import { CliFixture } from "./cli-fixture";

describeWithCli("Heroku's CLI with add-ons", () => {
  let cli: CliFixture;
  let heroku: CliFixture["heroku"];

  beforeAll(async () => {
    cli = await CliFixture.open();
    ({ heroku } = cli);
    await cli.test.addApp("canvas");
    await cli.test.addApp("gallery");
  });

  afterAll(() => cli?.destroy());

  it("addons:create prints the price, addons:wait waits, addons:info shows the add-on", async () => {
    const created = await heroku.run("addons:create", "heroku-redis:mini", "--name", "cache", "-a", "canvas");
    expect(created).toContain("Creating heroku-redis:mini on canvas... ~$0.004/hour (max $3/month)");
    expect(created).toContain("cache is being created in the background. The app will restart when complete...");
    await heroku.run("addons:wait", "cache", "-a", "canvas");

    const info = await heroku.run("addons:info", "cache");
    expect(info).toMatch(/^=== cache$/m);
    expect(info).toMatch(/^Plan: +heroku-redis:mini$/m);
    expect(info).toMatch(/^Max Price: +\$3\/month$/m);
    expect(info).toMatch(/^Attachments: +canvas::REDIS$/m);
    expect(info).toMatch(/^State: +created$/m);
    expect(await heroku.run("config:get", "REDIS_URL", "-a", "canvas")).toMatch(/^rediss?:\/\//);
    expect(await heroku.fail("addons:create", "heroku-redis:huge", "-a", "canvas")).toContain(
      "Couldn't find either the add-on service or the add-on plan of",
    );
  });

  it("addons:attach and addons:detach set and remove the other app's config var", async () => {
    const attached = await heroku.run("addons:attach", "cache", "--as", "SHARED", "-a", "gallery");
    expect(attached).toContain("Attaching cache as SHARED to gallery... done");
    expect(attached).toContain("Setting SHARED config vars and restarting gallery... done, v3");
    expect(await heroku.run("addons", "-a", "gallery")).toMatch(
      /heroku-redis \(cache\) +mini +\(billed to canvas app\).*\n.*as SHARED.*\n.*as REDIS on canvas app/,
    );

    const detached = await heroku.run("addons:detach", "SHARED", "-a", "gallery");
    expect(detached).toContain("Detaching SHARED to cache from gallery... done");
    expect(detached).toContain("Unsetting SHARED config vars and restarting gallery... done, v4");
    expect(await heroku.run("config", "-a", "gallery")).not.toContain("SHARED");
  });

  it("redis:info shows the server, redis:maxmemory and redis:timeout change it", async () => {
    const info = await heroku.run("redis:info", "-a", "canvas");
    expect(info).toMatch(/^=== cache \(REDIS_URL\)$/m);
    expect(info).toMatch(/^Plan: +Mini$/m);
    expect(info).toMatch(/^Status: +available$/m);
    expect(info).toMatch(/^Timeout: +300$/m);
    expect(info).toMatch(/^Maxmemory: +noeviction$/m);
    expect(info).toMatch(/^Connections: +0\/20$/m);

    expect(await heroku.run("redis:maxmemory", "--policy", "allkeys-lru", "-a", "canvas")).toContain(
      "Maxmemory policy for cache (REDIS_URL) set to allkeys-lru.\nallkeys-lru evict the least recently used keys first.",
    );
    expect(await heroku.run("redis:timeout", "--seconds", "100", "-a", "canvas")).toContain(
      "Timeout for cache (REDIS_URL) set to 100 seconds.",
    );
    await heroku.run("redis:wait", "-a", "canvas");
    const changed = await heroku.run("redis:info", "-a", "canvas");
    expect(changed).toMatch(/^Timeout: +100$/m);
    expect(changed).toMatch(/^Maxmemory: +allkeys-lru$/m);
  });

  it("addons:upgrade changes the plan of the app's add-on of that service", async () => {
    expect(await heroku.run("addons:upgrade", "heroku-redis:premium-0", "-a", "canvas")).toContain(
      "Changing cache on canvas from heroku-redis:mini to heroku-redis:premium-0... done, ~$0.021/hour (max $15/month)",
    );
    await heroku.run("addons:wait", "-a", "canvas");
    expect(await heroku.run("redis:info", "-a", "canvas")).toMatch(/^Plan: +Premium 0$/m);
  });

  it("addons:destroy removes the add-on and its config var", async () => {
    expect(await heroku.run("addons:destroy", "cache", "-a", "canvas", "--confirm", "canvas")).toContain(
      "Destroying cache on canvas... done",
    );
    expect(await heroku.run("addons", "-a", "canvas")).toContain("No add-ons for app canvas.");
    expect(await heroku.run("config", "-a", "canvas")).not.toContain("REDIS_URL");
    expect(await heroku.fail("addons:info", "cache")).toContain("Couldn't find that add-on.");
  });
});
