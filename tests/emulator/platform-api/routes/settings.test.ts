import { Emulator } from "../../../support/emulator";

type Row = Record<string, unknown>;

describe("feature, webhook, buildpack and log session routes", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
  });

  it("PATCH /apps/:app/features/:feature changes a feature of one app", async () => {
    await heroku.post("/apps", { name: "other" });
    const { body } = await heroku.patch("/apps/sketch/features/preboot", { enabled: true });

    expect(body).toMatchObject({ name: "preboot", enabled: true, state: "general" });
    expect((await heroku.get(`/apps/sketch/features/${body.id}`)).body).toEqual(body);
    expect((await heroku.get("/apps/other/features/preboot")).body).toMatchObject({ enabled: false });
    const list = await heroku.get<Row[]>("/apps/sketch/features");
    expect(list.body.filter(({ enabled }) => enabled).map(({ name }) => name)).toEqual(["preboot"]);
  });

  it("PATCH /apps/:app/features/:feature returns 404 for an unknown feature", async () => {
    const { status, body } = await heroku.patch("/apps/sketch/features/time-travel", { enabled: true });

    expect(status).toBe(404);
    expect(body).toEqual({ id: "not_found", message: "Couldn't find that feature.", resource: "feature" });
  });

  it("PATCH /account/features/:feature changes a feature of the account", async () => {
    const { body } = await heroku.patch("/account/features/metrics-request-volume", { enabled: true });

    expect(body).toMatchObject({ enabled: true });
    expect((await heroku.get("/account/features/metrics-request-volume")).body).toEqual(body);
    expect((await heroku.get<Row[]>("/account/features")).body).toHaveLength(3);
  });

  const webhook = { include: ["api:release", "dyno"], level: "notify", url: "https://hooks.example.com/heroku" };

  it("POST /apps/:app/webhooks shows a generated secret once", async () => {
    const made = await heroku.post("/apps/sketch/webhooks", webhook);
    const given = await heroku.post("/apps/sketch/webhooks", { ...webhook, secret: "mine", authorization: "Bearer x" });

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...webhook, app: { name: "sketch" } });
    expect(made.headers.get("Heroku-Webhook-Secret")).toMatch(/^[0-9a-f]{64}$/);
    expect(given.headers.get("Heroku-Webhook-Secret")).toBeNull();
    expect(JSON.stringify((await heroku.get("/apps/sketch/webhooks")).body)).not.toMatch(/mine|Bearer/);
  });

  it("PATCH and DELETE /apps/:app/webhooks/:webhook change and remove it", async () => {
    const { body } = await heroku.post("/apps/sketch/webhooks", webhook);
    const path = `/apps/sketch/webhooks/${body.id}`;

    expect((await heroku.patch(path, { level: "sync" })).body).toMatchObject({ ...webhook, level: "sync" });
    expect((await heroku.get(path)).body).toMatchObject({ level: "sync" });
    expect((await heroku.delete(path)).status).toBe(200);
    expect((await heroku.get(path)).status).toBe(404);
  });

  it.each([
    [{ level: "loud" }, 'Invalid value for level: expected ("notify" | "sync").'],
    [{ include: [] }, "Include must name at least one event."],
    [{ include: ["api:moon"] }, "Include has unknown events: api:moon."],
    [{ url: "hooks" }, "Url is invalid."],
  ])("POST /apps/:app/webhooks refuses %j", async (fields, message) => {
    const { status, body } = await heroku.post("/apps/sketch/webhooks", { ...webhook, ...fields });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("PUT /apps/:app/buildpack-installations stores the list", async () => {
    expect((await heroku.get("/apps/sketch/buildpack-installations")).body).toEqual([]);

    const updates = [{ buildpack: "heroku/nodejs" }, { buildpack: "heroku/python" }];
    const { body } = await heroku.put("/apps/sketch/buildpack-installations", { updates });

    expect(body).toEqual([
      { ordinal: 0, buildpack: { url: "heroku/nodejs", name: "heroku/nodejs" } },
      { ordinal: 1, buildpack: { url: "heroku/python", name: "heroku/python" } },
    ]);
    expect((await heroku.get("/apps/sketch/buildpack-installations")).body).toEqual(body);
  });

  it("POST /apps/:app/log-sessions returns the URL of the lines", async () => {
    const { status, body } = await heroku.post("/apps/sketch/log-sessions", {
      lines: 5_000,
      tail: true,
      dyno: "web.1",
    });

    expect(status).toBe(201);
    expect(body.logplex_url).toBe(`http://localhost:5075/streams/logs/${body.id}`);
    expect(heroku.store.collection("logSessions").get(String(body.id))).toMatchObject({
      lines: 1_500,
      tail: true,
      dyno: "web.1",
    });
  });

  it("PUT of a slug's archive stores its size", async () => {
    const slug = await heroku.post<Row & { blob: { url: string } }>("/apps/sketch/slugs", {
      process_types: { web: "serve" },
    });
    await heroku.call("PUT", new URL(slug.body.blob.url).pathname, { key: null, body: "archive" });

    expect((await heroku.get(`/apps/sketch/slugs/${slug.body.id}`)).body).toMatchObject({
      size: 7,
      process_types: { web: "serve" },
      blob: { method: "get" },
    });
  });
});
