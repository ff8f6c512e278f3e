import { Emulator } from "../../support/emulator";

interface Logged {
  method: string;
  path: string;
  status: number;
  milliseconds: number;
}

describe("control routes", () => {
  let heroku: Emulator;
  const control = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    heroku.call<T>(method, `/_local${path}`, { body, key: null, headers: { Accept: "*/*" } });
  beforeEach(async () => {
    heroku = await Emulator.open({ delays: { "heroku-redis": 1_000 } });
  });

  it("GET /_local/health needs no key", async () => {
    const { status, body } = await control("GET", "/health");

    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "ok", instance: "tests", url: "http://localhost:5075" });
  });

  it("refuses web pages of other sites", async () => {
    const from = (origin: string) =>
      heroku.call("POST", "/_local/reset", { key: null, headers: { Origin: origin } }).then(({ status }) => status);

    expect(await from("https://example.com")).toBe(403);
    expect(await from("null")).toBe(403);
    expect(await from("http://localhost:5075")).toBe(200);
  });

  it("POST /_local/reset removes everything and applies the seed", async () => {
    heroku = await Emulator.open({ seed: { accounts: [{ email: "other@localhost", apiKey: "other" }] } });
    const app = await heroku.post("/apps", { name: "sketch" });
    await heroku.post("/apps/sketch/addons", { plan: "heroku-redis" });
    await control("POST", "/faults", { status: 500 });

    expect((await control("POST", "/reset")).status).toBe(200);

    expect((await heroku.get("/apps")).body).toEqual([]);
    expect((await heroku.call("GET", "/account", { key: "other" })).status).toBe(200);
    expect(heroku.machines.calls).toContain(`remove dynos of ${app.body.id}`);
    expect((await control("GET", "/faults")).body).toEqual([]);
  });

  it("POST /_local/seed creates what is missing, with the same ids each time", async () => {
    const seed = {
      accounts: [{ email: "ann@example.com", apiKey: "ann" }],
      teams: [{ name: "painters", members: [{ email: "ann@example.com", role: "admin" }] }],
      apps: [
        { name: "canvas", owner: "ann@example.com", team: "painters", configVars: { A: "1" }, stack: "container" },
      ],
      pipelines: [{ name: "gallery" }],
    };
    const as = async (path: string) => (await heroku.call("GET", path, { key: "ann" })).body;
    await control("POST", "/seed", seed);
    const first = [await as("/account"), await as("/teams/painters"), await as("/pipelines/gallery")];

    expect((await control("POST", "/seed", seed)).status).toBe(200);

    expect([await as("/account"), await as("/teams/painters"), await as("/pipelines/gallery")]).toMatchObject(
      first.map(({ id }) => ({ id })),
    );
    expect(await as("/apps/canvas")).toMatchObject({ team: { name: "painters" }, stack: { name: "container" } });
    expect(await as("/apps/canvas/config-vars")).toEqual({ A: "1" });
  });

  it("POST /_local/seed refuses an invalid seed", async () => {
    const { status, body } = await control("POST", "/seed", { accounts: [{ email: "ann@example.com" }] });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Require params: accounts.0.apiKey." });
  });

  it("POST /_local/clock moves the clock to a time and by seconds", async () => {
    await control("POST", "/clock", { now: "2030-01-01T00:00:00Z" });
    const { body } = await control("POST", "/clock", { advance: 60 });

    expect(body.now).toMatch(/^2030-01-01T00:01:00/);
    expect((await heroku.post("/apps", { name: "sketch" })).body.created_at).toMatch(/^2030-01-01T00:01:0/);
  });

  it("PUT /_local/delays sets how long add-ons and preboot take", async () => {
    expect((await control("GET", "/delays")).body).toEqual({ "heroku-redis": 1_000 });
    expect((await control("PUT", "/delays", { profile: "realistic" })).body).toEqual({
      "heroku-postgresql": 180_000,
      "heroku-redis": 60_000,
      preboot: 180_000,
    });
    expect((await control("PUT", "/delays", { services: { "heroku-redis": 5 } })).body).toEqual({
      "heroku-postgresql": 180_000,
      "heroku-redis": 5,
      preboot: 180_000,
    });
  });

  it("POST /_local/faults replaces the status of matching requests", async () => {
    await control("POST", "/faults", { method: "GET", path: "^/apps$", status: 503, errorId: "maintenance", skip: 1 });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await heroku.get("/apps")).status);

    expect(statuses).toEqual([200, 503, 200]);
    expect((await heroku.post("/apps")).status).toBe(201);
    expect((await control<{ matched: number }[]>("GET", "/faults")).body).toMatchObject([{ matched: 3 }]);
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ])("POST /_local/faults cuts the connection %s the request took effect", async (cut, apps) => {
    await control("POST", "/faults", { method: "POST", cut });

    await expect(heroku.post("/apps", { name: "sketch" })).rejects.toThrow("fetch failed");

    expect((await heroku.get<unknown[]>("/apps")).body).toHaveLength(apps);
  });

  it("POST /_local/faults delays", async () => {
    await control("POST", "/faults", { delay: 50 });
    await heroku.get("/account");

    const [row] = (await control<Logged[]>("GET", "/requests")).body;
    expect(row?.milliseconds).toBeGreaterThanOrEqual(49);
  });

  it("POST /_local/faults fails the provisioning of a service's next add-on", async () => {
    await heroku.post("/apps", { name: "sketch" });
    await control("POST", "/faults", { service: "heroku-postgresql" });
    const create = async () => {
      const { body } = await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql" });
      await heroku.idle();
      return (await heroku.get(`/apps/sketch/addons/${body.id}`)).body.state;
    };

    expect([await create(), await create()]).toEqual(["deprovisioned", "provisioned"]);
    expect(heroku.machines.calls.filter((call) => call.startsWith("deprovision "))).toHaveLength(1);
  });

  it.each([
    [{}, "A fault needs a delay, a status, a cut or a service."],
    [{ status: 500, path: "(" }, "The path must be a regular expression."],
  ])("POST /_local/faults refuses %j", async (fault, message) => {
    const { status, body } = await control("POST", "/faults", fault);

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
  });

  it("DELETE /_local/faults/:id removes a fault", async () => {
    const { body } = await control("POST", "/faults", { status: 500 });

    expect((await control("DELETE", `/faults/${body.id}`)).status).toBe(200);
    expect((await control("DELETE", `/faults/${body.id}`)).status).toBe(404);
    expect((await heroku.get("/account")).status).toBe(200);
  });

  it("GET /_local/requests returns requests without headers and bodies", async () => {
    await heroku.post("/apps", { name: "sketch" });
    jest.spyOn(console, "warn").mockImplementationOnce(() => {});
    await heroku.get("/nothing");
    await heroku.call("GET", "/apps", { key: "wrong" });

    const { body } = await control<Logged[]>("GET", "/requests");

    expect(body.map(({ method, path, status }) => [method, path, status])).toEqual([
      ["POST", "/apps", 201],
      ["GET", "/nothing", 501],
      ["GET", "/apps", 401],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/local-heroku|wrong|sketch/);
    expect((await control("DELETE", "/requests")).body).toEqual([]);
    expect((await control("GET", "/requests")).body).toEqual([]);
  });

  it("PUT /_local/rate-limit enforces the limit", async () => {
    await control("PUT", "/rate-limit", { enforced: true, remaining: 0 });
    expect((await heroku.get("/account")).status).toBe(429);

    await control("PUT", "/rate-limit", { enforced: false });
    expect((await heroku.get("/account")).status).toBe(200);
  });
});
