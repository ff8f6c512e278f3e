import { EmulatedApp, type FormationRow } from "../../../support/emulated-app";
import { DOCKER_RELEASES } from "../../../support/emulator";

describe("formation routes, images", () => {
  let app: EmulatedApp;
  let heroku: EmulatedApp["heroku"];

  beforeEach(async () => {
    app = await EmulatedApp.open();
    ({ heroku } = app);
  });

  it("GET /apps/:app/formation is empty without code", async () => {
    expect((await heroku.get("/apps/sketch/formation")).body).toEqual([]);
  });

  it("PATCH /apps/:app/formation releases the images of all types at once", async () => {
    const web = app.push("web");
    const worker = app.push("worker");

    const { status, body } = await app.release([
      { type: "web", docker_image: web },
      { type: "worker", docker_image: worker },
    ]);

    expect(status).toBe(200);
    expect(body.map(({ type, quantity, size }) => [type, quantity, size])).toEqual([
      ["web", 1, "Basic"],
      ["worker", 0, "Basic"],
    ]);
    expect(body.every(({ docker_image }) => /^[0-9a-f-]{36}$/.test(docker_image?.id ?? ""))).toBe(true);
    expect(await app.newest()).toMatchObject({
      version: 3,
      description: `Deployed web (${web.slice(7, 19)}), worker (${worker.slice(7, 19)})`,
      status: "succeeded",
    });
    await heroku.idle();
    expect(heroku.machines.calls).toContain(`reconcile ${app.id}`);
  });

  it("PATCH /apps/:app/formation makes no release of images that are already released", async () => {
    const updates = [{ type: "web", docker_image: app.push("web") }];
    const first = await app.release(updates);
    const second = await app.release(updates);

    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await app.newest()).toMatchObject({ version: 3 });
  });

  it("PATCH /apps/:app/formation keeps other types", async () => {
    await app.release([
      { type: "web", docker_image: app.push("web") },
      { type: "worker", docker_image: app.push("worker") },
    ]);
    const web = app.push("web", "two");
    await app.release([{ type: "web", docker_image: web }]);

    const { body } = await heroku.get<FormationRow[]>("/apps/sketch/formation");

    expect(body.map(({ type }) => type)).toEqual(["web", "worker"]);
    expect(await app.newest()).toMatchObject({ version: 4, description: `Deployed web (${web.slice(7, 19)})` });
  });

  it("PATCH /apps/:app/formation/:type with null removes the process type", async () => {
    await app.release([
      { type: "web", docker_image: app.push("web") },
      { type: "worker", docker_image: app.push("worker") },
    ]);

    const { status, body } = await heroku.patch(
      "/apps/sketch/formation/worker",
      { docker_image: null },
      DOCKER_RELEASES,
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({ type: "worker", docker_image: null });
    expect((await heroku.get<FormationRow[]>("/apps/sketch/formation")).body.map(({ type }) => type)).toEqual(["web"]);
    expect(await app.newest()).toMatchObject({ version: 4, description: "Remove worker" });
  });

  it("PATCH /apps/:app/formation shows images only on request", async () => {
    await app.release([{ type: "web", docker_image: app.push("web") }]);

    expect((await heroku.get<FormationRow[]>("/apps/sketch/formation")).body[0]).not.toHaveProperty("docker_image");
    expect(
      (await heroku.get<FormationRow>("/apps/sketch/formation/web", DOCKER_RELEASES)).body.docker_image,
    ).not.toBeUndefined();
  });

  it("PATCH /apps/:app/formation refuses an image that was not pushed, and releases nothing", async () => {
    const unknown = `sha256:${"0".repeat(64)}`;

    const { status, body } = await app.release([
      { type: "web", docker_image: app.push("web") },
      { type: "worker", docker_image: unknown },
    ]);

    expect(status).toBe(404);
    expect(body).toEqual({
      id: "not_found",
      message: `Couldn't find the image ${unknown} of process type worker in the registry.`,
      resource: "docker_image",
    });
    expect(await app.newest()).toMatchObject({ version: 2 });
  });

  it("PATCH /apps/:app/formation refuses images on another stack", async () => {
    const { body: other } = await heroku.post("/apps", { name: "other", stack: "heroku-24" });
    const image = heroku.machines.push(String(other.id), "web");

    const reply = await heroku.patch(
      "/apps/other/formation",
      { updates: [{ type: "web", docker_image: image }] },
      DOCKER_RELEASES,
    );

    expect(reply.status).toBe(422);
    expect(reply.body).toEqual({
      id: "invalid_params",
      message: "Cannot release images on the stack heroku-24; set the app's stack to container.",
    });
  });
});
