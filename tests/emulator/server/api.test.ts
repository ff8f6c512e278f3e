import { Emulator } from "../../support/emulator";

const REQUEST_ID = /^[0-9a-f-]{36}$/;

describe("the API's conventions", () => {
  let heroku: Emulator;
  beforeEach(async () => {
    heroku = await Emulator.open();
    jest.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ["Bearer", "Bearer local-heroku"],
    ["Basic with any user", `Basic ${btoa("someone@example.com:local-heroku")}`],
    ["Basic with no user", `Basic ${btoa(":local-heroku")}`],
  ])("takes the key as %s", async (_name, authorization) => {
    const { status } = await heroku.call("GET", "/account", { key: null, headers: { Authorization: authorization } });

    expect(status).toBe(200);
  });

  it.each([
    ["no key", undefined],
    ["a wrong key", "Bearer wrong"],
    ["an empty key", "Bearer "],
    ["an unknown scheme", "Digest local-heroku"],
    ["Basic without a colon", `Basic ${btoa("local-heroku")}`],
  ])("refuses %s", async (_name, authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
    const { status, body } = await heroku.call("GET", "/account", { key: null, headers });

    expect(status).toBe(401);
    expect(body).toEqual({ id: "unauthorized", message: "Invalid credentials provided." });
  });

  it.each([
    ["application/vnd.heroku+json; version=3", 200],
    ["application/vnd.heroku+json;version=3.docker-releases", 200],
    ["application/vnd.heroku+json; version=2", 406],
    ["application/vnd.heroku+json; version=30", 406],
    ["*/*", 406],
  ])("replies to Accept %s with %i", async (accept, expected) => {
    const { status } = await heroku.get("/account", { Accept: accept });

    expect(status).toBe(expected);
  });

  it("adds an id to each reply, after the client's own", async () => {
    const own = await heroku.get("/account");
    const chained = await heroku.get("/account", { "Request-Id": "mine" });
    const refused = await heroku.call("GET", "/account", { key: null });

    expect(own.headers.get("Request-Id")).toMatch(REQUEST_ID);
    expect(chained.headers.get("Request-Id")).toMatch(/^mine,[0-9a-f-]{36}$/);
    expect(refused.headers.get("Request-Id")).toMatch(REQUEST_ID);
  });

  it("returns 304 for a reply's own ETag", async () => {
    const first = await heroku.get("/account");
    const etag = first.headers.get("ETag") ?? "";
    const second = await heroku.get("/account", { "If-None-Match": etag });

    expect(etag).not.toBe("");
    expect(second.status).toBe(304);
    expect(second.body).toBe("");
  });

  it("logs a missing route and returns 501", async () => {
    const { status, body } = await heroku.get("/spaces");

    expect(status).toBe(501);
    expect(body).toEqual({ id: "not_implemented", message: "Local Heroku does not support GET /spaces." });
    expect(console.warn).toHaveBeenCalledWith("not supported by Local Heroku: GET /spaces");
  });

  it("returns 501 for missing routes of the data APIs, too", async () => {
    const { status } = await heroku.get("/client/v11/nothing", { Accept: "*/*" });

    expect(status).toBe(501);
  });

  it.each([
    ["{", 400, { id: "bad_request", message: "The request body is not valid JSON." }],
    ["[]", 400, { id: "bad_request", message: "The request body must be a JSON object." }],
    ['"text"', 400, { id: "bad_request", message: "The request body must be a JSON object." }],
    [{ name: 7 }, 422, { id: "invalid_params", message: "Invalid value for name: expected string." }],
    [
      { region: { id: 7 } },
      422,
      { id: "invalid_params", message: "Invalid value for region: expected (string | Object)." },
    ],
  ])("replies to the body %j with %i", async (body, status, error) => {
    const reply = await heroku.post("/apps", body);

    expect(reply.status).toBe(status);
    expect(reply.body).toEqual(error);
  });

  it("names a missing parameter", async () => {
    await heroku.post("/apps", { name: "sketch" });

    const { status, body } = await heroku.post("/apps/sketch/log-drains", {});

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Require params: url." });
  });

  it("ignores unknown fields", async () => {
    const { status } = await heroku.post("/apps", { name: "sketch", kernel: "cedar" });

    expect(status).toBe(201);
  });

  it("refuses a body over 10 MB", async () => {
    const { status, body } = await heroku.post("/apps", { name: "x".repeat(10 * 1024 * 1024) });

    expect(status).toBe(413);
    expect(body).toEqual({ id: "request_entity_too_large", message: "The request body is larger than 10 MB." });
  });

  it("counts requests and refuses those over the limit if it is enforced", async () => {
    const before = await heroku.get("/account");
    heroku.platform.rateLimits.enforced = true;
    heroku.platform.rateLimits.set(String(before.body.id), 1);
    const last = await heroku.get("/account");
    const refused = await heroku.get("/account");
    const limits = await heroku.get("/account/rate-limits");
    heroku.clock.advance(60_000);
    const later = await heroku.get("/account");

    expect(before.headers.get("RateLimit-Remaining")).toBe("4499");
    expect(last.status).toBe(200);
    expect(last.headers.get("RateLimit-Remaining")).toBe("0");
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({
      id: "rate_limit",
      message: "Your account reached the API limit. Please wait a few minutes.",
    });
    expect(limits).toMatchObject({ status: 200, body: { remaining: 0 } });
    expect(later.status).toBe(200);
    expect(later.headers.get("RateLimit-Remaining")).toBe("74");
  });

  it("hides internal errors", async () => {
    const printed = jest.spyOn(console, "error").mockImplementation(() => {});
    jest.spyOn(heroku.platform.lookup, "apps").mockImplementation(() => {
      throw new Error("a secret");
    });

    const { status, body } = await heroku.get("/apps");

    expect(status).toBe(500);
    expect(body).toEqual({ id: "internal", message: "Local Heroku failed; its own output says more." });
    expect(printed).toHaveBeenCalledTimes(1);
  });
});
