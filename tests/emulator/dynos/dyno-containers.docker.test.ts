import { TestApps } from "../docker/test-apps";
import { removeImages } from "../docker/test-image";

let apps: TestApps;

beforeAll(async () => {
  apps = await TestApps.start();
});

afterAll(async () => expect(await apps?.destroy()).toEqual([]));

describe("the containers of dynos", () => {
  it("pulls an image that the engine does not have", async () => {
    await apps.deploy("pulled", { KIND: "pulled" });
    await apps.test.until(() => apps.isUp("pulled"));
    await apps.test.call("PATCH", "/apps/pulled/formation/web", { quantity: 0 });
    await apps.test.until(async () => (await apps.containerIds("pulled")).length === 0);
    await removeImages(`${apps.test.host}/pulled/web`);
    await apps.test.call("PATCH", "/apps/pulled/formation/web", { quantity: 1 });
    await apps.test.until(() => apps.isUp("pulled"));
    expect((await apps.visit("pulled")).text).toContain("ENV KIND=pulled");
  });

  it("limits their processes as Heroku does, and lets no program gain privileges", async () => {
    await apps.deploy("limited");
    await apps.test.until(() => apps.isUp("limited"));
    const [id] = await apps.containerIds("limited");
    const { HostConfig } = await apps.test.docker.getContainer(id ?? "").inspect();

    expect(HostConfig).toMatchObject({ PidsLimit: 256, SecurityOpt: ["no-new-privileges"] });
  });

  it("adopts its dynos after a restart of Local Heroku", async () => {
    await apps.deploy("adopted", { KIND: "adopted" });
    await apps.test.until(() => apps.isUp("adopted"));
    const before = await apps.containerIds("adopted");
    await apps.test.close();
    await apps.test.reopen();
    expect(await apps.containerIds("adopted")).toEqual(before);
    await apps.test.until(() => apps.isUp("adopted"));
    expect((await apps.visit("adopted")).text).toContain("ENV KIND=adopted");
  });

  it("leaves no container of an app that was destroyed", async () => {
    await apps.deploy("destroyed");
    await apps.test.until(() => apps.isUp("destroyed"));
    const id = await apps.idOf("destroyed");
    await apps.test.call("DELETE", "/apps/destroyed");
    await apps.test.until(async () => (await apps.containersOf(id)).length === 0);
  });
});
