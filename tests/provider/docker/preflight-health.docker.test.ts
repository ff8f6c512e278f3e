import { DOCKERFILE, PreflightFixture } from "../support/preflight-fixture";

describe("preflight of a health route", () => {
  let fixture: PreflightFixture;

  beforeEach(() => {
    fixture = new PreflightFixture();
  });
  afterEach(async () => expect(await fixture.close()).toEqual([]));

  it("passes one that says its services are not there", async () => {
    expect(await fixture.refusal(DOCKERFILE, { environment: { STATUS: "503 Service Unavailable" } })).toBe("");
  });

  it.each([
    [
      "redirects",
      { STATUS: "301 Moved\r\nLocation: https://example.com/health" },
      "- /health must answer 200, or 503 without its services, got 301 Moved to https://example.com/health; " +
        "let it answer without a redirect",
    ],
    [
      "is broken",
      { STATUS: "500 Oops", BODY: "it broke" },
      "- /health must answer 200, or 503 without its services, got 500 Oops: it broke; see the app's last lines",
    ],
  ])("refuses a health route that %s", async (_what, environment, message) => {
    expect(await fixture.refusal(DOCKERFILE, { environment })).toBe(
      `image of process type "web" is not fit for Heroku:\n${message}\n    serving as 47113:47113 with SECRET_KEY of 64`,
    );
  });

  it("refuses a health path that is not there", async () => {
    expect(
      await fixture.refusal(DOCKERFILE, { healthPath: "/healthz", environment: { BODY: "nothing here" } }),
    ).toContain(
      "- /healthz must answer 200, or 503 without its services, got 404 Not Found: nothing here; " +
        "correct healthPath, or add the route\n",
    );
  });

  it("refuses an image that listens elsewhere, and one that listens and says nothing", async () => {
    expect(await fixture.refusal(DOCKERFILE, { environment: { MUTE: "1" } }, 1_500)).toMatch(
      /- app\/Dockerfile line 5: CMD \["perl", "\/serve.pl"\] must listen on 0\.0\.0\.0:\$PORT within 1\.5 s, got no listener on PORT=\d+; make it read PORT from the environment\n/,
    );
    expect(await fixture.refusal(DOCKERFILE, { environment: { SILENT: "1" } }, 1_500)).toContain(
      '- app/Dockerfile line 5: CMD ["perl", "/serve.pl"] must answer /health within 1.5 s, got a connection and no answer; ' +
        "see its last lines\n    serving as",
    );
  });
});
