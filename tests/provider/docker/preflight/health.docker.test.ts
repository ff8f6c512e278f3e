import { DOCKERFILE, PreflightFixture } from "../../support/preflight-fixture";

describe("preflight of a health route", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  const health = { path: "/health", status: 200, headers: {} };
  const refusalOf = (environment: Record<string, string>, more = {}) =>
    fixture.refusal(DOCKERFILE, { environment, health: { ...health, ...more } }, undefined, 2_000);

  it("accepts any body, and another status where one is set", async () => {
    expect(await refusalOf({ BODY: "" })).toBe("");
    expect(await refusalOf({ STATUS: "202 Accepted" }, { status: 202 })).toBe("");
  });

  it("wants the text of a healthy body", async () => {
    expect(await refusalOf({ BODY: "<title>Server Error</title>" }, { text: "Welcome" })).toContain(
      '- web: /health must return 200 with "Welcome", got 200: <title>Server Error</title>',
    );
  });

  it("requests as Heroku's router does, with the headers set", async () => {
    expect(await refusalOf({}, { text: "x-forwarded-proto: https" })).toBe("");
    expect(await refusalOf({}, { text: "host: shop.example", headers: { Host: "shop.example" } })).toBe("");
  });

  it("follows redirects within the app only", async () => {
    expect(await refusalOf({ STATUS: "301 Moved\r\nLocation: https://example.com/health" })).toContain(
      "- web: /health must return 200, got 301 to https://example.com/health: ok",
    );
  });

  it.each<[string, Record<string, string>, string, { path?: string }?]>([
    ["that is broken, once the time to boot is over", { STATUS: "500 Oops", BODY: "it broke" }, "got 500: it broke"],
    ["that is missing", { BODY: "nothing here" }, "correct healthPath, or add the route", { path: "/healthz" }],
    ["that does not know the host", { STATUS: "400 Bad" }, "whether it accepts the host localhost"],
  ])("refuses one %s", async (_what, environment, message, more = {}) => {
    const refusal = await refusalOf(environment, more);

    expect(refusal).toContain(message);
    expect(refusal).toMatch(/\n {4}serving as 47113:47113 with SECRET_KEY of 64\n/);
    expect(refusal).toMatch(/\nto release all the same: preflight\.skip: \[boot\]$/);
  });

  it("refuses an image that listens elsewhere, and one that listens and does not respond", async () => {
    expect(await refusalOf({ MUTE: "1" })).toMatch(
      /- web: app\/Dockerfile line 5: CMD \["perl", "\/serve.pl"\] must listen on 0\.0\.0\.0:\$PORT within 2 s, got no listener on PORT=\d+; make it read PORT from the environment, or see what it waits for\n/,
    );
    expect(await refusalOf({ SILENT: "1" })).toContain(
      '- web: app/Dockerfile line 5: CMD ["perl", "/serve.pl"] must respond to /health within 2 s, got a connection and no response\n',
    );
  });

  it("only wants the process to listen where no path is set", async () => {
    expect(await refusalOf({ STATUS: "404 Not Found" }, { path: undefined })).toBe("");
  });
});
