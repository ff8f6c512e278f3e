import { deferred } from "../../support/deferred";
import { EmulatedApp } from "../../support/emulated-app";

describe("Releases, code and config vars", () => {
  let app: EmulatedApp;
  let heroku: EmulatedApp["heroku"];

  beforeEach(async () => {
    app = await EmulatedApp.open();
    ({ heroku } = app);
  });

  it("keeps the values of a config change whose release failed", async () => {
    await app.deploy("one");
    await heroku.idle();
    heroku.machines.phase = async () => 1;
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await heroku.idle();

    expect(await app.newest()).toMatchObject({ status: "failed" });
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({ A: "1" });
  });

  it("runs releases one after another, each with the code that is current then", async () => {
    const phase = deferred<number>();
    heroku.machines.phase = () => phase.promise;
    await app.deploy("one");
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    expect((await app.releases()).slice(2).map(({ status }) => status)).toEqual(["pending", "pending"]);

    phase.resolve(0);
    await heroku.idle();

    expect((await app.releases()).slice(2).map(({ status, current }) => [status, current])).toEqual([
      ["succeeded", false],
      ["succeeded", true],
    ]);
    const types = (await heroku.get<{ type: string }[]>("/apps/sketch/formation")).body.map(({ type }) => type);
    expect(types).toEqual(["release", "web"]);
  });

  it("does not deploy the code of a failed release with a config change", async () => {
    await app.deploy("one");
    await heroku.idle();
    const phase = deferred<number>();
    heroku.machines.phase = ({ images }) =>
      images.web?.imageId === app.push("web", "two") ? phase.promise : Promise.resolve(0);
    await app.deploy("two");
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    phase.resolve(1);
    await heroku.idle();

    const records = heroku.store.collection("releases").by("app", app.id);
    expect(records.slice(2).map(({ status }) => status)).toEqual(["succeeded", "failed", "succeeded"]);
    expect(records.at(-1)?.images).toEqual(records.at(2)?.images);
  });

  it("rolls back to the code and the users' vars of an earlier release, without changing add-ons", async () => {
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await app.deploy("one", ["web"]);
    await heroku.patch("/apps/sketch/config-vars", { A: "2" });
    await app.deploy("two", ["web"]);
    await heroku.post("/apps/sketch/addons", { plan: "heroku-redis:mini" });
    await heroku.idle();

    const { status, body } = await heroku.post("/apps/sketch/releases", { release: "v4" });

    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 9, description: "Rollback to v4", status: "succeeded", current: true });
    const records = heroku.store.collection("releases").by("app", app.id);
    expect(records.at(-1)?.images).toEqual(records.at(3)?.images);
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({
      A: "1",
      REDIS_URL: expect.stringMatching(/^rediss:/),
    });
  });

  it("does not roll back to a release whose code never ran", async () => {
    const { status, body } = await heroku.post("/apps/sketch/releases", { release: "2" });

    expect(status).toBe(422);
    expect(body).toEqual({
      id: "invalid_params",
      message: "Cannot roll back to v2: it has no code that ran and is still kept.",
    });
  });

  it("adds a slug's process types to the formation", async () => {
    const slug = await heroku.post("/apps/sketch/slugs", { process_types: { web: "serve", worker: "work" } });
    const { status, body } = await heroku.post("/apps/sketch/releases", { slug: slug.body.id });

    expect(status).toBe(201);
    expect(body).toMatchObject({ version: 3, status: "succeeded", slug: { id: slug.body.id } });
    expect((await heroku.get("/apps/sketch/formation/web")).body).toMatchObject({ command: "serve", quantity: 1 });
    expect((await heroku.get("/apps/sketch/formation/worker")).body).toMatchObject({ command: "work", quantity: 0 });
  });
});
