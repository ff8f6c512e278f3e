import { Emulator } from "../../../support/emulator";

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

describe("app routes", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await Emulator.open();
  });

  it("POST /apps creates an app as Heroku shows it", async () => {
    const { status, body } = await heroku.post("/apps", { name: "sketch", region: "eu", stack: "container" });

    expect(status).toBe(201);
    expect(body).toEqual({
      acm: false,
      archived_at: null,
      build_stack: { id: UUID, name: "container" },
      buildpack_provided_description: null,
      created_at: TIME,
      generation: { id: UUID, name: "cedar" },
      git_url: "https://git.heroku.com/sketch.git",
      id: UUID,
      internal_routing: null,
      maintenance: false,
      name: "sketch",
      organization: null,
      owner: { email: "dev@localhost", id: UUID },
      region: { id: UUID, name: "eu" },
      released_at: TIME,
      repo_size: null,
      slug_size: null,
      space: null,
      stack: { id: UUID, name: "container" },
      team: null,
      updated_at: TIME,
      web_url: "http://sketch.localhost:5075/",
    });
  });

  it("POST /apps makes the initial releases", async () => {
    await heroku.post("/apps", { name: "sketch" });

    const { body } =
      await heroku.get<{ version: number; description: string; status: string; current: boolean }[]>(
        "/apps/sketch/releases",
      );

    expect(body.map(({ version, description, status, current }) => [version, description, status, current])).toEqual([
      [1, "Initial release", "succeeded", false],
      [2, "Enable Logplex", "succeeded", true],
    ]);
  });

  it("POST /apps chooses a missing name", async () => {
    const { body } = await heroku.post("/apps");

    expect(body.name).toMatch(/^[a-z]+-[a-z]+-\d{5}$/);
  });

  it.each([
    ["ab", "Name is too short (minimum is 3 characters)"],
    ["a".repeat(31), "Name is too long (maximum is 30 characters)"],
    [
      "Sketch",
      "Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.",
    ],
  ])("POST /apps refuses the name %s", async (name, message) => {
    const { status, body } = await heroku.post("/apps", { name });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("POST /apps refuses a name that is taken", async () => {
    await heroku.post("/apps", { name: "sketch" });

    const { status, body } = await heroku.post("/apps", { name: "sketch" });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Name sketch is already taken" });
  });

  it.each([
    [{ region: "mars" }, 'Invalid region, got "mars"; choose us or eu.'],
    [{ region: "tokyo" }, "The region tokyo is for Private Spaces only."],
    [{ stack: "cedar-14" }, "No such stack as cedar-14."],
  ])("POST /apps refuses %j", async (fields, message) => {
    const { status, body } = await heroku.post("/apps", fields);

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("GET /apps/:app accepts name and id", async () => {
    const { body } = await heroku.post("/apps", { name: "sketch" });

    expect((await heroku.get("/apps/sketch")).body).toEqual(body);
    expect((await heroku.get(`/apps/${body.id}`)).body).toEqual(body);
  });

  it("GET /apps/:app returns 404 for an unknown app", async () => {
    const { status, body } = await heroku.get("/apps/nothing");

    expect(status).toBe(404);
    expect(body).toEqual({ id: "not_found", message: "Couldn't find that app.", resource: "app" });
  });

  it("GET /apps hides the apps of others", async () => {
    heroku = await Emulator.open({ seed: { accounts: [{ email: "other@localhost", apiKey: "other" }] } });
    await heroku.post("/apps", { name: "sketch" });

    expect((await heroku.call("GET", "/apps", { key: "other" })).body).toEqual([]);
    expect((await heroku.call("GET", "/apps/sketch", { key: "other" })).status).toBe(404);
  });

  it("PATCH /apps/:app renames, and frees the old name", async () => {
    await heroku.post("/apps", { name: "sketch" });

    const { body } = await heroku.patch("/apps/sketch", { name: "drawing", maintenance: true });

    expect(body).toMatchObject({ name: "drawing", maintenance: true, web_url: "http://drawing.localhost:5075/" });
    expect((await heroku.get("/apps/sketch")).status).toBe(404);
    expect((await heroku.post("/apps", { name: "sketch" })).status).toBe(201);
  });

  it("PATCH /apps/:app changes the stack of the next release", async () => {
    await heroku.post("/apps", { name: "sketch", stack: "heroku-24" });

    const { body } = await heroku.patch("/apps/sketch", { build_stack: "container" });

    expect(body).toMatchObject({ build_stack: { name: "container" }, stack: { name: "container" } });
  });

  it("DELETE /apps/:app removes the app with its add-ons and containers", async () => {
    const { body } = await heroku.post("/apps", { name: "sketch" });
    await heroku.post("/apps/sketch/addons", { plan: "heroku-redis:mini", name: "sketch-redis" });

    const removed = await heroku.delete("/apps/sketch");
    await heroku.idle();

    expect(removed.status).toBe(200);
    expect(removed.body).toMatchObject({ id: body.id, name: "sketch" });
    expect((await heroku.get("/apps/sketch")).status).toBe(404);
    expect((await heroku.get("/addons")).body).toEqual([]);
    expect(heroku.machines.calls).toEqual(
      expect.arrayContaining([`remove dynos of ${body.id}`, `remove images of ${body.id}`, "deprovision sketch-redis"]),
    );
    expect(heroku.store.collection("addons").all()).toEqual([]);
  });

  it("POST /apps/:app/acm and DELETE /apps/:app/acm enable and disable Heroku's certificates", async () => {
    await heroku.post("/apps", { name: "sketch" });

    expect((await heroku.post("/apps/sketch/acm")).body).toMatchObject({ acm: true });
    expect((await heroku.delete("/apps/sketch/acm")).body).toMatchObject({ acm: false });
  });
});
