import { EmulatedApp } from "../../../support/emulated-app";

type Row = Record<string, unknown>;

describe("dyno routes", () => {
  let app: EmulatedApp;
  let heroku: EmulatedApp["heroku"];
  beforeEach(async () => {
    app = await EmulatedApp.open();
    ({ heroku } = app);
    await app.release([{ type: "web", docker_image: app.push("web") }]);
    await heroku.idle();
  });
  const run = (fields: Row = {}) => heroku.post("/apps/sketch/dynos", { command: "migrate", attach: true, ...fields });

  it("POST /apps/:app/dynos runs a command in a one-off dyno", async () => {
    const { status, body } = await run({ size: "standard-2x" });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: "run.4821",
      type: "run",
      command: "migrate",
      size: "Standard-2X",
      state: "starting",
      attach_url: "rendezvous://localhost:5000/secret",
    });
    expect((await heroku.get<Row[]>("/apps/sketch/dynos")).body).toEqual([body]);
    expect((await heroku.get("/apps/sketch/dynos/run.4821")).body).toEqual(body);
  });

  it("POST /apps/:app/dynos hides the attach URL unless the client attaches", async () => {
    expect((await run({ attach: false })).body.attach_url).toBeNull();
  });

  it.each([
    [{ command: "" }, "Command must not be empty."],
    [{ command: undefined }, "Require params: command."],
    [{ size: "huge" }, 'No such dyno size, got "huge".'],
  ])("POST /apps/:app/dynos refuses %j", async (fields, message) => {
    const { status, body } = await run(fields);

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("POST /apps/:app/dynos refuses an app without an image", async () => {
    await heroku.post("/apps", { name: "empty" });

    const { status, body } = await heroku.post("/apps/empty/dynos", { command: "ls" });

    expect(status).toBe(422);
    expect(body.message).toBe("Cannot run a one-off dyno: the app has no image yet.");
  });

  it.each([
    ["DELETE", "/dynos", "restart %s all"],
    ["DELETE", "/dynos/web", "restart %s web"],
    ["DELETE", "/formations/web", "restart %s web"],
    ["DELETE", "/dynos/run.4821", "restart %s run.4821"],
    ["POST", "/dynos/run.4821/actions/stop", "stop %s run.4821"],
    ["POST", "/formations/web/actions/stop", "stop %s web"],
  ])("%s /apps/:app%s is accepted", async (method, path, call) => {
    await run();

    const { status, body } = await heroku.call(method, `/apps/sketch${path}`);

    expect(status).toBe(202);
    expect(body).toEqual({});
    expect(heroku.machines.calls.at(-1)).toBe(call.replace("%s", app.id));
  });

  it.each([
    ["/dynos/web.9", "Couldn't find that dyno."],
    ["/formations/clock", "Couldn't find that process type (clock)."],
  ])("DELETE /apps/:app%s returns 404", async (path, message) => {
    const { status, body } = await heroku.delete(`/apps/sketch${path}`);

    expect(status).toBe(404);
    expect(body).toMatchObject({ id: "not_found", message });
  });
});
