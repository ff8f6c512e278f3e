import { refusal, ScriptedHeroku } from "../support/scripted-heroku";
import { clientOf, TestRuntime } from "../support/test-runtime";

describe("HerokuClient", () => {
  let heroku: ScriptedHeroku;

  beforeEach(async () => {
    heroku = await ScriptedHeroku.start();
  });
  afterEach(() => heroku.stop());

  const messageOf = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message);

  it("sends the key, the version of the API and a body as JSON", async () => {
    heroku.on("PATCH /apps/demo", { body: { name: "demo" } });

    const answer = await clientOf(heroku.url).client.json("api", "PATCH", "/apps/demo", {
      body: { maintenance: true },
    });

    expect(answer).toEqual({ name: "demo" });
    expect(heroku.seen).toEqual([
      expect.objectContaining({
        body: { maintenance: true },
        headers: expect.objectContaining({
          accept: "application/vnd.heroku+json; version=3",
          authorization: "Bearer secret-key",
          "content-type": "application/json",
        }),
      }),
    ]);
  });

  it("names method, path, status, id and Heroku's own words, and leaves the query out", async () => {
    heroku.on("POST /apps", refusal(422, "invalid_params", "Name is already taken"));

    expect(await messageOf(clientOf(heroku.url).client.json("api", "POST", "/apps?token=hidden"))).toBe(
      "POST /apps: 422 invalid_params: Name is already taken",
    );
  });

  it("tells where the API key comes from when Heroku refuses it, and does not show it", async () => {
    heroku.on("GET /apps/demo", refusal(401, "unauthorized", "Invalid credentials provided."));

    expect(await messageOf(clientOf(heroku.url).client.json("api", "GET", "/apps/demo"))).toBe(
      "GET /apps/demo: 401 unauthorized: Invalid credentials provided.; check heroku-native:apiKey or HEROKU_API_KEY",
    );
  });

  it("reads a registry's errors", async () => {
    heroku.on("GET /v2/demo/web/manifests/latest", {
      status: 404,
      body: { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] },
    });

    expect(
      await messageOf(clientOf(heroku.url).client.send("registry", "GET", "/v2/demo/web/manifests/latest", {})),
    ).toBe("GET /v2/demo/web/manifests/latest: 404 MANIFEST_UNKNOWN: manifest unknown");
  });

  it.each(["", "<html>Bad gateway</html>", "null", "[1]"])("survives the error body %j", async (body) => {
    heroku.on("POST /apps", { status: 502, body });

    expect(await messageOf(clientOf(heroku.url).client.json("api", "POST", "/apps"))).toBe(
      "POST /apps: 502 http_error: Bad Gateway",
    );
  });

  it("tries a GET again through errors and cut connections, and says so meanwhile", async () => {
    heroku.on("GET /apps/demo", { cut: true }, refusal(503, "maintenance", "Back soon"), { body: { name: "demo" } });
    const { client, messages } = clientOf(heroku.url);

    expect(await client.json("api", "GET", "/apps/demo")).toEqual({ name: "demo" });
    expect(messages).toEqual([
      "Heroku did not answer; trying again in 1 s",
      "Heroku did not answer; trying again in 1 s",
    ]);
  });

  it("gives up after five more tries with Heroku's last words", async () => {
    heroku.on("GET /apps/demo", refusal(500, "internal", "Something broke"));

    expect(await messageOf(clientOf(heroku.url).client.json("api", "GET", "/apps/demo"))).toBe(
      "GET /apps/demo: 500 internal: Something broke",
    );
    expect(heroku.seen).toHaveLength(6);
  });

  it("does not send a POST twice after an error, and does after 429", async () => {
    heroku.on(
      "POST /apps",
      refusal(429, "rate_limit", "Slow down", { "retry-after": "3" }),
      refusal(500, "internal", "?"),
    );
    const runtime = new TestRuntime();

    expect(
      await messageOf(clientOf(heroku.url, runtime).client.json("api", "POST", "/apps", { body: { name: "demo" } })),
    ).toBe("POST /apps: 500 internal: ?");
    expect(heroku.seen.map(({ body }) => body)).toEqual([{ name: "demo" }, { name: "demo" }]);
    expect(runtime.sleeps).toEqual([3000]);
  });

  it("says which address does not answer, and where it is set", async () => {
    const { url } = heroku;
    await heroku.stop();

    expect(await messageOf(clientOf(url).client.json("data", "GET", "/client/v11/databases/db"))).toBe(
      `GET /client/v11/databases/db: no answer from ${url}, got ECONNREFUSED; start the server that listens there, or correct heroku-native:dataUrl`,
    );
    heroku = await ScriptedHeroku.start();
  });

  it("ends a request that hangs when the operation is cancelled", async () => {
    heroku.on("GET /apps/demo", { hang: true });
    const { client, stop } = clientOf(heroku.url);
    const call = messageOf(client.json("api", "GET", "/apps/demo"));
    while (heroku.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    stop.abort(new Error("cancelled"));

    expect(await call).toBe("cancelled");
    expect(heroku.seen).toHaveLength(1);
  });

  it("takes a URL with a slash at its end", async () => {
    heroku.on("GET /apps/demo", { body: {} });

    await clientOf(`${heroku.url}/`).client.json("api", "GET", "/apps/demo");

    expect(heroku.routes).toEqual(["GET /apps/demo"]);
  });
});
