import { describeWithCli } from "../../support/heroku-cli";
import { CliFixture } from "./cli-fixture";

describeWithCli("Heroku's CLI with apps", () => {
  let cli: CliFixture;
  let test: CliFixture["test"];
  let heroku: CliFixture["heroku"];

  beforeAll(async () => {
    cli = await CliFixture.open();
    ({ test, heroku } = cli);
  });

  afterAll(() => cli?.destroy());

  it("apps:create prints the stack and the address, apps:info shows the app", async () => {
    const created = await heroku.run("apps:create", "canvas", "--stack", "container");
    expect(created).toContain("Creating canvas... done, stack is container");
    expect(created).toContain(`http://canvas.localhost:${test.port}/`);

    const info = await heroku.run("apps:info", "-a", "canvas");
    expect(info).toMatch(/^=== canvas$/m);
    expect(info).toMatch(/^Owner: +dev@localhost$/m);
    expect(info).toMatch(/^Region: +us$/m);
    expect(info).toMatch(/^Stack: +container$/m);
    expect(info).toMatch(/^Git URL: +https:\/\/git\.heroku\.com\/canvas\.git$/m);

    expect(await heroku.fail("apps:create", "canvas")).toContain("Name canvas is already taken");
    expect(await heroku.fail("apps:info", "-a", "nobodys")).toContain("Couldn't find that app.");
  });

  it("apps:rename frees the name, apps:destroy removes the app", async () => {
    await heroku.run("apps:create", "sketch-one");
    const renamed = await heroku.run("apps:rename", "sketch-two", "-a", "sketch-one");
    expect(renamed).toContain("Renaming sketch-one to sketch-two... done");
    expect(renamed).toContain(`http://sketch-two.localhost:${test.port}/`);
    expect(await heroku.run("apps")).toBe("=== dev@localhost Apps\n\ncanvas\nsketch-two");

    const destroyed = await heroku.run("apps:destroy", "-a", "sketch-two", "--confirm", "sketch-two");
    expect(destroyed).toContain("Destroying sketch-two (including all add-ons)... done");
    expect(await heroku.fail("apps:info", "-a", "sketch-two")).toContain("Error ID: not_found");
  });

  it("config:set, config and config:unset show the release that each change makes", async () => {
    const set = await heroku.run("config:set", "GREETING=hello", "A=1", "-a", "canvas");
    expect(set).toContain("Setting GREETING, A and restarting canvas... done, v3");
    expect(set).toMatch(/^GREETING: hello\nA: +1$/m);
    expect(await heroku.run("config", "-a", "canvas")).toMatch(/^=== canvas Config Vars\n\nGREETING: hello\nA: +1$/);
    expect(await heroku.run("config:get", "GREETING", "-a", "canvas")).toBe("hello");

    const unset = await heroku.run("config:unset", "A", "-a", "canvas");
    expect(unset).toContain("Unsetting A and restarting canvas... done, v4");
    expect(await heroku.run("config", "-a", "canvas")).not.toContain("A:");
    expect(await heroku.fail("config:set", "HEROKU_X=1", "-a", "canvas")).toContain("Error ID: invalid_params");
  });

  it("releases lists them, newest first", async () => {
    const releases = await heroku.run("releases", "-a", "canvas");
    expect(releases).toMatch(/^=== canvas Releases - Current: v4$/m);
    expect(releases).toMatch(
      /v4 +Remove A config vars +dev@localhost .*\n +v3 +Set GREETING, A config vars +dev@localhost/,
    );
    expect(releases).toMatch(/v2 +Enable Logplex .*\n +v1 +Initial release /);
    expect(await heroku.run("releases:info", "v3", "-a", "canvas")).toMatch(/^Change: +Set GREETING, A config vars$/m);
  });

  it("features:enable, features:disable and maintenance:on change the app", async () => {
    expect(await heroku.run("features:enable", "preboot", "-a", "canvas")).toContain(
      "Enabling preboot for canvas... done",
    );
    expect(await heroku.run("features", "-a", "canvas")).toMatch(/^\[\+\] preboot /m);
    expect(await heroku.run("features:disable", "preboot", "-a", "canvas")).toContain("done");
    expect(await heroku.run("features", "-a", "canvas")).toMatch(/^\[ \] preboot /m);

    expect(await heroku.run("maintenance:on", "-a", "canvas")).toContain(
      "Enabling maintenance mode for canvas... done",
    );
    expect(await heroku.run("maintenance", "-a", "canvas")).toBe("on");
    await heroku.run("maintenance:off", "-a", "canvas");
    expect(await heroku.run("maintenance", "-a", "canvas")).toBe("off");
  });

  it("access:add and access:remove change the collaborators", async () => {
    expect(await heroku.run("access:add", "ann@example.com", "-a", "canvas")).toContain(
      "Adding ann@example.com access to the app canvas... done",
    );
    expect(await heroku.run("access", "-a", "canvas")).toMatch(/ann@example\.com +collaborator/);
    expect(await heroku.run("access:remove", "ann@example.com", "-a", "canvas")).toContain("done");
    expect(await heroku.run("access", "-a", "canvas")).not.toContain("ann@example.com");
  });

  it("domains:add prints the DNS target, domains shows it", async () => {
    const added = await heroku.run("domains:add", "www.example.com", "-a", "canvas");
    expect(added).toContain("Adding www.example.com to canvas... done");
    const target = /DNS Target ([\w-]+\.herokudns\.com)\./.exec(added)?.[1] ?? "no target";
    expect(await heroku.run("domains:wait", "www.example.com", "-a", "canvas")).toContain("done");
    const domains = await heroku.run("domains", "-a", "canvas");
    expect(domains).toMatch(/^=== canvas Heroku Domain\n\ncanvas\.localhost$/m);
    expect(domains).toMatch(new RegExp(`www\\.example\\.com +CNAME +${target}`));
    expect(await heroku.run("domains:remove", "www.example.com", "-a", "canvas")).toContain("done");
  });

  it("drains:add confirms the drain, drains shows its token", async () => {
    const url = "https://drain.example.com/logs";
    expect(await heroku.run("drains:add", url, "-a", "canvas")).toContain(`Successfully added drain ${url}`);
    expect(await heroku.run("drains", "-a", "canvas")).toMatch(
      /^https:\/\/drain\.example\.com\/logs \(d\.[\da-f-]{36}\)$/m,
    );
    expect(await heroku.run("drains:remove", url, "-a", "canvas")).toContain(`Successfully removed drain ${url}`);
  });

  it("pipelines:create and pipelines:add couple apps to stages", async () => {
    await heroku.run("apps:create", "canvas-live", "--stack", "container");
    const created = await heroku.run("pipelines:create", "gallery", "--stage", "staging", "-a", "canvas");
    expect(created).toContain("Creating gallery pipeline... done");
    expect(created).toContain("Adding canvas to gallery pipeline as staging... done");
    expect(await heroku.run("pipelines:add", "gallery", "--stage", "production", "-a", "canvas-live")).toContain(
      "Adding canvas-live to gallery pipeline as production... done",
    );
    expect(await heroku.run("pipelines:info", "gallery")).toMatch(/canvas +staging\n +canvas-live +production/);
    expect(await heroku.fail("pipelines:promote", "-a", "canvas")).toContain("App canvas has no release with code");
    expect(await heroku.run("pipelines:destroy", "gallery")).toContain("Destroying gallery pipeline... done");
  });
});
