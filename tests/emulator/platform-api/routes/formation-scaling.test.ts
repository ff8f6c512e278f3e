import { EmulatedApp, type FormationRow } from "../../../support/emulated-app";

describe("formation routes, quantities and sizes of an app with code", () => {
  let app: EmulatedApp;
  let heroku: EmulatedApp["heroku"];

  beforeEach(async () => {
    app = await EmulatedApp.open();
    ({ heroku } = app);
    await app.release([
      { type: "web", docker_image: app.push("web") },
      { type: "worker", docker_image: app.push("worker") },
    ]);
  });

  it("PATCH /apps/:app/formation/:type scales without a release", async () => {
    const { body } = await heroku.patch("/apps/sketch/formation/web", { quantity: 2, dyno_size: "standard-2x" });

    expect(body).toMatchObject({ quantity: 2, size: "Standard-2X", dyno_size: { name: "Standard-2X" } });
    expect(await app.newest()).toMatchObject({ version: 3 });
    expect(heroku.machines.lines.at(-1)).toMatchObject({
      appId: app.id,
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
    const { body } = await heroku.patch<FormationRow[]>("/apps/sketch/formation", { updates });

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

  it("GET /apps/:app/formation/:type accepts name and id", async () => {
    const { body } = await heroku.get("/apps/sketch/formation/web");

    expect((await heroku.get(`/apps/sketch/formation/${body.id}`)).body).toEqual(body);
    expect((await heroku.get("/apps/sketch/formation/clock")).status).toBe(404);
  });
});
