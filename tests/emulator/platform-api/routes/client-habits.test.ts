import { Emulator } from "../../../support/emulator";

interface Feature {
  readonly name: string;
  readonly state: string;
}

/** What clients of others send and read, one test for each way in which they once stumbled. */
describe("habits of clients", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
    await heroku.post("/teams", { name: "painters" });
    await heroku.post("/pipelines", { name: "gallery" });
  });

  it.each([
    "/teams/painters/features",
    "/teams/painters/invitations",
    "/account/invoices",
    "/account/keys",
    "/enterprise-accounts",
    "/oauth/authorizations",
    "/oauth/clients",
    "/oauth/sessions",
    "/apps/sketch/telemetry-drains",
    "/apps/sketch/webhook-deliveries",
    "/apps/sketch/webhook-events",
  ])("GET %s lists nothing", async (path) => {
    const { status, body } = await heroku.get(path);

    expect([status, body]).toEqual([200, []]);
  });

  it("GET /pipelines/:pipeline/test-runs lists nothing, and 404s for what does not exist", async () => {
    const { body: pipelines } = await heroku.get<{ id: string }[]>("/pipelines");

    expect((await heroku.get(`/pipelines/${pipelines[0]?.id}/test-runs`)).body).toEqual([]);
    expect((await heroku.get("/teams/nobody/features")).status).toBe(404);
    expect((await heroku.get("/teams/painters/features/none")).status).toBe(404);
  });

  it("GET /addon-region-capabilities has every service in every region", async () => {
    const inEurope = await heroku.get<{ region: { name: string } }[]>("/regions/eu/addon-region-capabilities");
    const ofPostgres = await heroku.get<unknown[]>("/addon-services/heroku-postgresql/region-capabilities");

    expect(new Set(inEurope.body.map(({ region }) => region.name))).toEqual(new Set(["eu"]));
    expect(ofPostgres.body.length).toBeGreaterThan(2);
    expect((await heroku.get("/addon-region-capabilities")).status).toBe(206);
  });

  it.each(["domain", "hostname", "id", "created_at", "updated_at"])("sorts domains by %s", async (field) => {
    for (const hostname of ["b.example.com", "a.example.com"]) {
      await heroku.post("/apps/sketch/domains", { hostname, sni_endpoint: null });
    }

    const { status, body } = await heroku.get<{ hostname: string }[]>("/apps/sketch/domains", {
      Range: `${field} ..; order=desc,max=2;`,
    });

    expect([status, body.length]).toEqual([206, 2]);
    if (field === "domain") expect(body.map(({ hostname }) => hostname)).toEqual(["sketch.localhost", "b.example.com"]);
  });

  it("shows features of Heroku Labs apart from general ones", async () => {
    const app = await heroku.get<Feature[]>("/apps/sketch/features");
    const account = await heroku.get<Feature[]>("/account/features");
    const general = (list: Feature[]) => list.filter(({ state }) => state === "general").map(({ name }) => name);
    const labs = (list: Feature[]) => list.filter(({ state }) => state !== "general").map(({ name }) => name);

    expect(general(app.body)).toEqual(["http-session-affinity", "preboot", "spaces-dns-discovery"]);
    expect(labs(app.body)).toEqual(["log-runtime-metrics", "runtime-dyno-build-metadata", "runtime-dyno-metadata"]);
    expect(labs(account.body)).toContain("app-overview");
  });

  it.each([0, false])("turns maintenance and features off with %j", async (off) => {
    await heroku.patch("/apps/sketch", { maintenance: 1 });
    await heroku.patch("/apps/sketch/features/preboot", { enabled: 1 });
    expect((await heroku.get("/apps/sketch")).body.maintenance).toBe(true);

    expect((await heroku.patch("/apps/sketch", { maintenance: off })).body.maintenance).toBe(false);
    expect((await heroku.patch("/apps/sketch/features/preboot", { enabled: off })).body.enabled).toBe(false);
    expect((await heroku.patch("/apps/sketch", { maintenance: 2 })).status).toBe(422);
  });

  it("keeps the name of a webhook and finds the webhook by it", async () => {
    const webhook = { include: ["api:release"], level: "notify", url: "https://hooks.example.com" };
    const { body } = await heroku.post("/apps/sketch/webhooks", { ...webhook, name: "my-hook" });
    const unnamed = await heroku.post("/apps/sketch/webhooks", webhook);

    expect(body.name).toBe("my-hook");
    expect(Object.keys(unnamed.body)).not.toContain("name");
    expect((await heroku.get("/apps/sketch/webhooks/my-hook")).body).toEqual(body);
    const renamed = await heroku.patch("/apps/sketch/webhooks/my-hook", { name: "other" });
    expect(renamed.body).toMatchObject({ id: body.id, name: "other" });
    expect((await heroku.delete("/apps/sketch/webhooks/other")).status).toBe(200);
  });
});
