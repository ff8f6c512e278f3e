import { Emulator } from "../../support/emulator";

const DOCKER = { Accept: "application/vnd.heroku+json; version=3.docker-releases" };

interface Row {
  type: string;
  quantity: number;
  size: string;
  docker_image?: { id: string } | null;
}
interface Release {
  version: number;
  description: string;
  status: string;
}

describe("formation routes", () => {
  let heroku: Emulator;
  let appId: string;
  const push = (type: string, content?: string) => heroku.machines.push(appId, type, content);
  const release = (updates: { type: string; docker_image: string | null }[]) =>
    heroku.patch<Row[]>("/apps/sketch/formation", { updates }, DOCKER);
  const newest = async () => {
    const { body } = await heroku.get<Release[]>("/apps/sketch/releases", { Range: "version ..; max=1,order=desc" });
    return body[0];
  };

  beforeEach(async () => {
    heroku = await Emulator.open();
    appId = String((await heroku.post("/apps", { name: "sketch", stack: "container" })).body.id);
  });

  it("GET /apps/:app/formation is empty before there is code", async () => {
    expect((await heroku.get("/apps/sketch/formation")).body).toEqual([]);
  });

  it("PATCH /apps/:app/formation releases the images of all types at once", async () => {
    const web = push("web");
    const worker = push("worker");

    const { status, body } = await release([
      { type: "web", docker_image: web },
      { type: "worker", docker_image: worker },
    ]);

    expect(status).toBe(200);
    expect(body.map(({ type, quantity, size }) => [type, quantity, size])).toEqual([
      ["web", 1, "Basic"],
      ["worker", 0, "Basic"],
    ]);
    expect(body.every(({ docker_image }) => /^[0-9a-f-]{36}$/.test(docker_image?.id ?? ""))).toBe(true);
    expect(await newest()).toMatchObject({
      version: 3,
      description: `Deployed web (${web.slice(7, 19)}), worker (${worker.slice(7, 19)})`,
      status: "succeeded",
    });
    await heroku.idle();
    expect(heroku.machines.calls).toContain(`reconcile ${appId}`);
  });

  it("PATCH /apps/:app/formation makes no release of the images that run already", async () => {
    const updates = [{ type: "web", docker_image: push("web") }];
    const first = await release(updates);
    const second = await release(updates);

    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await newest()).toMatchObject({ version: 3 });
  });

  it("PATCH /apps/:app/formation keeps the types that it does not name", async () => {
    await release([
      { type: "web", docker_image: push("web") },
      { type: "worker", docker_image: push("worker") },
    ]);
    const web = push("web", "two");
    await release([{ type: "web", docker_image: web }]);

    const { body } = await heroku.get<Row[]>("/apps/sketch/formation");

    expect(body.map(({ type }) => type)).toEqual(["web", "worker"]);
    expect(await newest()).toMatchObject({ version: 4, description: `Deployed web (${web.slice(7, 19)})` });
  });

  it("PATCH /apps/:app/formation/:type with null takes the process type away", async () => {
    await release([
      { type: "web", docker_image: push("web") },
      { type: "worker", docker_image: push("worker") },
    ]);

    const { status, body } = await heroku.patch("/apps/sketch/formation/worker", { docker_image: null }, DOCKER);

    expect(status).toBe(200);
    expect(body).toMatchObject({ type: "worker", docker_image: null });
    expect((await heroku.get<Row[]>("/apps/sketch/formation")).body.map(({ type }) => type)).toEqual(["web"]);
    expect(await newest()).toMatchObject({ version: 4, description: "Remove worker" });
  });

  it("PATCH /apps/:app/formation shows images only to who asks for them", async () => {
    await release([{ type: "web", docker_image: push("web") }]);

    expect((await heroku.get<Row[]>("/apps/sketch/formation")).body[0]).not.toHaveProperty("docker_image");
    expect((await heroku.get<Row>("/apps/sketch/formation/web", DOCKER)).body.docker_image).not.toBeUndefined();
  });

  it("PATCH /apps/:app/formation refuses an image that was not pushed, and releases none", async () => {
    const unknown = `sha256:${"0".repeat(64)}`;

    const { status, body } = await release([
      { type: "web", docker_image: push("web") },
      { type: "worker", docker_image: unknown },
    ]);

    expect(status).toBe(404);
    expect(body).toEqual({
      id: "not_found",
      message: `Couldn't find the image ${unknown} of process type worker in the registry.`,
      resource: "docker_image",
    });
    expect(await newest()).toMatchObject({ version: 2 });
  });

  it("PATCH /apps/:app/formation refuses images on another stack", async () => {
    const { body: other } = await heroku.post("/apps", { name: "other", stack: "heroku-24" });
    const image = heroku.machines.push(String(other.id), "web");

    const reply = await heroku.patch(
      "/apps/other/formation",
      { updates: [{ type: "web", docker_image: image }] },
      DOCKER,
    );

    expect(reply.status).toBe(422);
    expect(reply.body).toEqual({
      id: "invalid_params",
      message: "Cannot release images on the stack heroku-24; set the app's stack to container.",
    });
  });

  describe("of an app with code", () => {
    beforeEach(async () => {
      await release([
        { type: "web", docker_image: push("web") },
        { type: "worker", docker_image: push("worker") },
      ]);
    });

    it("PATCH /apps/:app/formation/:type scales without a release", async () => {
      const { body } = await heroku.patch("/apps/sketch/formation/web", { quantity: 2, dyno_size: "standard-2x" });

      expect(body).toMatchObject({ quantity: 2, size: "Standard-2X", dyno_size: { name: "Standard-2X" } });
      expect(await newest()).toMatchObject({ version: 3 });
      expect(heroku.machines.lines.at(-1)).toMatchObject({
        appId,
        source: "app",
        dyno: "api",
        message: "Scaled to web@2:Standard-2X by user dev@localhost",
      });
    });

    it.each([
      ["2", 2],
      ["+2", 3],
      ["-1", 0],
      ["-5", 0],
    ])("PATCH /apps/:app/formation takes the quantity %j", async (quantity, expected) => {
      const updates = [{ type: "web", quantity, size: "Standard-1X" }];
      const { body } = await heroku.patch<Row[]>("/apps/sketch/formation", { updates });

      expect(body).toMatchObject([{ type: "web", quantity: expected, size: "Standard-1X" }]);
    });

    it("PATCH /apps/:app/formation takes a size as a reference", async () => {
      const sizes = await heroku.get<{ id: string; name: string }[]>("/dyno-sizes");
      const size = sizes.body.find(({ name }) => name === "Performance-M");

      const { body } = await heroku.patch("/apps/sketch/formation/web", { dyno_size: { id: size?.id } });

      expect(body).toMatchObject({ size: "Performance-M", dyno_size: size && { id: size.id, name: size.name } });
    });

    it.each([
      [{ quantity: -1 }, 422, "Invalid quantity, got -1; it must be 0 to 100."],
      [{ quantity: 101 }, 422, "Invalid quantity, got 101; it must be 0 to 100."],
      [{ quantity: 1.5 }, 422, "Invalid quantity, got 1.5."],
      [{ quantity: "many" }, 422, 'Invalid quantity, got "many".'],
      [{ quantity: 2 }, 422, "Cannot update to more than 1 Basic size dynos per process type."],
      [{ size: "huge" }, 404, 'Couldn\'t find that dyno size, got "huge".'],
    ])("PATCH /apps/:app/formation/:type refuses %j", async (change, status, message) => {
      const reply = await heroku.patch("/apps/sketch/formation/web", change);

      expect(reply.status).toBe(status);
      expect(reply.body.message).toBe(message);
      expect((await heroku.get("/apps/sketch/formation/web")).body).toMatchObject({ quantity: 1, size: "Basic" });
    });

    it("PATCH /apps/:app/formation changes all types or none", async () => {
      const updates = [
        { type: "web", quantity: 0 },
        { type: "clock", quantity: 1 },
      ];
      const { status, body } = await heroku.patch("/apps/sketch/formation", { updates });

      expect(status).toBe(404);
      expect(body).toMatchObject({ id: "not_found", message: "Couldn't find that process type (clock)." });
      expect((await heroku.get("/apps/sketch/formation/web")).body).toMatchObject({ quantity: 1 });
    });

    it("GET /apps/:app/formation/:type finds a type by name and by id", async () => {
      const { body } = await heroku.get("/apps/sketch/formation/web");

      expect((await heroku.get(`/apps/sketch/formation/${body.id}`)).body).toEqual(body);
      expect((await heroku.get("/apps/sketch/formation/clock")).status).toBe(404);
    });
  });
});
