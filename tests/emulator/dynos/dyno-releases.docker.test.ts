import { TestApps } from "../docker/test-apps";
import { buildImage, buildWebImage } from "../docker/test-image";

let apps: TestApps;
let web: string;

beforeAll(async () => {
  apps = await TestApps.start();
  await apps.test.addApp("base");
  web = await apps.pushed("base", "web", (tag) => buildWebImage(tag));
});

afterAll(async () => expect(await apps?.destroy()).toEqual([]));

describe("dynos at a release", () => {
  it("replaces the dynos at a release, and gracefully: SIGTERM first", async () => {
    await apps.deploy("released");
    await apps.test.until(() => apps.isUp("released"));
    await apps.test.call("PATCH", "/apps/released/config-vars", { NEW: "value" });
    await apps.test.until(async () => (await apps.visit("released")).text.includes("ENV NEW=value"));
    await apps.test.until(async () =>
      (await apps.test.logLines("released")).includes("heroku[web.1]: Process exited with status 0"),
    );
    const lines = await apps.test.logLines("released");
    expect(lines).toContain("heroku[web.1]: Stopping all processes with SIGTERM");
    expect(lines).toContain("app[web.1]: terminating");
  });

  it("sets dyno metadata from the next release on if the app has runtime-dyno-metadata", async () => {
    await apps.deploy("told");
    await apps.test.until(() => apps.isUp("told"));
    await apps.test.call("PATCH", "/apps/told/features/runtime-dyno-metadata", { enabled: true });
    await apps.test.call("DELETE", "/apps/told/dynos/web.1", undefined, [202]);
    await apps.test.until(async () => (await apps.test.logLines("told")).includes("heroku[web.1]: Restarting"));
    expect((await apps.visit("told")).text).not.toContain("HEROKU_");
    await apps.test.call("PATCH", "/apps/told/config-vars", { ROUND: "two" });
    await apps.test.until(async () => (await apps.visit("told")).text.includes("ENV HEROKU_RELEASE_VERSION=v4\n"));
    const { id } = await apps.test.call<{ id: string }>("GET", "/apps/told");
    const { text } = await apps.visit("told");
    expect(text).toContain(`ENV HEROKU_APP_ID=${id}\nENV HEROKU_APP_NAME=told\n`);
    expect(text).toContain("ENV HEROKU_APP_DEFAULT_DOMAIN_NAME=told.localhost\n");
    expect(text).toMatch(/ENV HEROKU_RELEASE_CREATED_AT=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n/);
    expect(text).toContain("ENV HEROKU_SLUG_COMMIT=\nENV HEROKU_SLUG_DESCRIPTION=Set ROUND config vars\n");
  });

  it("runs the release phase before the new release serves, and keeps the old one when it fails", async () => {
    await apps.deploy("phased");
    await apps.test.until(() => apps.isUp("phased"));
    const fails = await apps.pushed("phased", "release", (tag) =>
      buildImage(tag, 'CMD ["/bin/sh", "-c", "echo migrating $DYNO; exit 7"]'),
    );
    await apps.test.release("phased", { web, release: fails }).catch(() => {});
    const release = async () =>
      (await apps.test.call<{ status: string; version: number }[]>("GET", "/apps/phased/releases")).at(-1);
    await apps.test.until(async () => (await release())?.status === "failed");
    const lines = await apps.test.logLines("phased");
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^app\[release\.\d{4}\]: migrating release\.\d{4}$/),
        expect.stringMatching(/^heroku\[release\.\d{4}\]: Process exited with status 7$/),
      ]),
    );
    expect((await apps.visit("phased")).text).toContain("ENV KIND=web");
  });
});
