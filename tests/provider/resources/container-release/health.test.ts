import type { Answer } from "../../../../provider/http/visitor";
import { ContainerAppFixture } from "../../support/container-app-fixture";
import { failure, partialState } from "../../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a machine that is busy.
jest.setTimeout(20_000);

const type = "ContainerRelease";
const well = (version: number, dyno = "web.1"): Answer => ({
  status: 200,
  body: JSON.stringify({ release: `v${version}`, dyno }),
});

describe("health gate of ContainerRelease", () => {
  let fixture: ContainerAppFixture;
  let heroku: ContainerAppFixture["heroku"];
  let app: ContainerAppFixture["app"];
  const gate = { healthPath: "/health", healthTimeout: 5 };
  /** What the app answers, one after another and the last for good. */
  const answers = (...script: Answer[]) => {
    heroku.runtime.answer = () => (script.length > 1 ? script.shift() : script[0]) ?? well(0);
  };

  beforeEach(async () => {
    fixture = await ContainerAppFixture.open();
    ({ heroku, app } = fixture);
  });
  afterEach(() => fixture.close());

  /** Deploys what is there, well; then pushes another web image, and answers the inputs that release it. */
  async function deployed(more: Record<string, unknown> = {}) {
    answers(well(3));
    const made = await fixture.create({ ...gate, ...more });
    const images = { ...fixture.images, web: heroku.push(app, "web", "two") };
    return { ...made, next: { ...made.inputs, images } };
  }

  it("asks until every web dyno has answered with this release as often in a row as wanted", async () => {
    await heroku.emulator.patch(`/apps/${app.id}/features/preboot`, { enabled: true });
    answers(well(2), well(3), { status: 503, body: "" }, well(3), well(3));

    const { state } = await fixture.create(gate);

    expect(state).toMatchObject({ version: 3, status: "succeeded" });
    expect(heroku.runtime.visits).toEqual(Array(5).fill("http://demo.localhost:5075/health"));
  });

  it("asks nothing without a health path, and waits for the dynos alone", async () => {
    expect((await fixture.create()).state).toMatchObject({ status: "succeeded" });
    expect(heroku.runtime.visits).toEqual([]);
  });

  it("wants each of several dynos to answer", async () => {
    const { id, state, next } = await deployed({ healthThreshold: 1 });
    await heroku.emulator.patch(`/apps/${app.id}/formation/web`, { quantity: 2, dyno_size: "standard-1x" });
    await heroku.emulator.idle();
    answers(well(4), well(4), well(4), well(4, "web.2"));

    await fixture.plugin.update(type, id, state, next);

    expect(heroku.runtime.visits.slice(1)).toHaveLength(4);
  });

  it.each([
    ["an empty body", ""],
    ["text", "OK"],
    ["JSON about something else", '{"release": "v1", "status": "up"}'],
  ])("attributes responses with %s by the router's log", async (_what, body) => {
    const { id, state, next } = await deployed({ healthThreshold: 1 });
    await heroku.emulator.patch(`/apps/${app.id}/formation/web`, { quantity: 2, dyno_size: "standard-1x" });
    await heroku.emulator.idle();
    const dynos = ["web.1", "web.1", "web.1", "web.1", "web.2"];
    heroku.runtime.answer = (_url, headers) => {
      heroku.logRequest(headers["x-request-id"] ?? "", dynos.shift() ?? "web.1");
      return { status: 200, body };
    };

    expect(await fixture.plugin.update(type, id, state, next)).toMatchObject({ version: 4, status: "succeeded" });
    expect(heroku.runtime.visits.slice(1)).toHaveLength(6);
  });

  it("does not find an app healthy that responds on one dyno of two", async () => {
    const { id, state, next } = await deployed();
    await heroku.emulator.patch(`/apps/${app.id}/formation/web`, { quantity: 2, dyno_size: "standard-1x" });
    await heroku.emulator.idle();
    heroku.runtime.answer = (_url, headers) => {
      heroku.logRequest(headers["x-request-id"] ?? "", "web.1");
      return { status: 200, body: "OK" };
    };

    expect(await failure(fixture.plugin.update(type, id, state, next))).toMatch(
      /got healthy: web\.1 \d+ of 2 times, web\.2 0 of 2/,
    );
  });

  it("counts responses for all dynos together where the log cannot be read", async () => {
    answers({ status: 200, body: "OK" });

    expect((await fixture.create({ ...gate, healthTimeout: 60 })).state).toMatchObject({ status: "succeeded" });
    // Ten seconds, for a log that may lag behind, and two responses.
    expect(heroku.runtime.visits.length).toBeGreaterThan(10);
  });

  it("accepts another status, and wants the text that a healthy body contains", async () => {
    answers({ status: 204, body: "" });
    expect((await fixture.create({ ...gate, healthTimeout: 60, healthStatus: 204 })).state).toMatchObject({
      version: 3,
    });

    answers({ status: 204, body: "Server Error" });
    const inputs = { ...fixture.inputs, ...gate, healthStatus: 204, healthText: "Welcome" };
    expect(await failure(fixture.plugin.create(type, inputs))).toContain(
      'must return 204 with "Welcome" in its body from release v3 on web.1 within 5 s, got 204: Server Error (without "Welcome")',
    );
  });

  it("sends the headers given, and follows redirects within the app", async () => {
    heroku.runtime.answer = (url, headers) =>
      url.startsWith("https:")
        ? { status: headers.host === "shop.example" ? 200 : 400, body: '{"release": "v3", "dyno": "web.1"}' }
        : { status: 301, body: "", location: url.replace("http:", "https:") };

    expect((await fixture.create({ ...gate, healthHeaders: { host: "shop.example" } })).state).toMatchObject({
      version: 3,
    });
    expect(heroku.runtime.visits.slice(0, 2)).toEqual([
      "http://demo.localhost:5075/health",
      "https://demo.localhost:5075/health",
    ]);
  });

  it("requests further pages once the health route is healthy", async () => {
    heroku.runtime.answer = (url) => (url.endsWith("/health") ? well(3) : { status: 500, body: "no manifest" });

    const inputs = { ...fixture.inputs, ...gate, healthPages: ["/"] };
    expect(await failure(fixture.plugin.create(type, inputs))).toContain(
      "GET http://demo.localhost:5075/ must return a status below 400, got 500: no manifest; correct the page",
    );
  });

  it("releases the last good images again when the app does not get well, and tells what was seen", async () => {
    const { id, state, next } = await deployed();
    heroku.log.push("2026-11-01T00:00:00.000000+00:00 app[web.1]: no such table");
    heroku.log.push('2026-11-01T00:00:01.000000+00:00 heroku[router]: at=info method=GET path="/health" status=503');
    answers({ status: 503, body: '{"status": "unavailable"}' });

    const message = await failure(fixture.plugin.update(type, id, state, next));

    const lines = message.split("\n");
    expect(lines[0]).toBe(
      "GET http://demo.localhost:5075/health must return 200 from release v4 on web.1 within 5 s, got 503: " +
        '{"status": "unavailable"}; correct what it reports and run `pulumi up` again',
    );
    expect(lines.slice(1)).toEqual([
      "last lines of its log:",
      "    2026-11-01T00:00:00.000000+00:00 app[web.1]: no such table",
      "v5 has put the images of v3 back: they are live now",
    ]);
    expect(await heroku.releases(app.id)).toHaveLength(5);
    // The engine keeps the former state, so the next run releases the declared images again.
    answers(well(6));
    expect(await fixture.plugin.update(type, id, state, next)).toMatchObject({ version: 6, status: "succeeded" });
  });

  it.each<[string, Answer, string]>([
    ["the former release", well(3), "200 from release v3"],
    [
      "a redirect to another host",
      { status: 301, body: "", location: "https://elsewhere/" },
      "301 to https://elsewhere/",
    ],
  ])("does not accept %s", async (_what, answer, told) => {
    const { id, state, next } = await deployed();
    answers(answer);
    expect(await failure(fixture.plugin.update(type, id, state, next))).toContain(`within 5 s, got ${told}; correct`);
  });

  it("never finds an app well that goes on and off", async () => {
    let count = 0;
    heroku.runtime.answer = () => (count++ % 2 === 0 ? well(3) : { status: 500, body: "" });
    expect(await failure(fixture.plugin.create(type, { ...fixture.inputs, ...gate }))).toContain("within 5 s, got ");
  });

  it("keeps a first release that is not well in the state, to be released again", async () => {
    answers({ status: 404, body: "" });
    const { message, properties, id } = await partialState(fixture.plugin.create(type, { ...fixture.inputs, ...gate }));

    expect(message).toMatch(/\nthere is no other image to go back to: v3 stays live$/);
    expect(properties).toMatchObject({ version: 3, status: "unhealthy" });
    const inputs = { ...fixture.inputs, ...gate };
    expect(await fixture.plugin.diff(type, { inputs, state: properties }, inputs)).toMatchObject({ changed: true });
    const { state: read } = await fixture.plugin.read(type, id, { inputs, state: properties });
    expect(read).toMatchObject({ status: "unhealthy" });
    answers(well(3));
    expect(await fixture.plugin.update(type, id, properties, inputs)).toMatchObject({ status: "succeeded" });
  });

  it("puts back what was there as soon as a dyno crashes", async () => {
    const { id, state, next } = await deployed();
    heroku.emulator.machines.dynoState = ({ releaseVersion }) => (releaseVersion === 4 ? "crashed" : "up");

    const message = await failure(fixture.plugin.update(type, id, state, next));

    expect(message).toContain('dyno web.1 of app "demo" must be up, got "crashed"; correct what its log reports');
    expect(message).toContain("v5 has put the images of v3 back");
  });

  it("puts back what was there when a dyno does not come up in time", async () => {
    const { id, state, next } = await deployed();
    heroku.emulator.machines.dynoState = ({ releaseVersion }) => (releaseVersion === 4 ? "starting" : "up");
    expect(await failure(fixture.plugin.update(type, id, state, next))).toContain(
      'gave up waiting for 1 × web of app "demo" to be up',
    );
  });

  it("tells when putting back fails too", async () => {
    const { id, state, next } = await deployed();
    answers({ status: 500, body: "" });
    fixture.phase = async (release) => (release.version === 5 ? 1 : 0);

    const { message, properties } = await partialState(fixture.plugin.update(type, id, state, next));

    expect(message).toContain("v5, which was to put the images of v3 back, failed too");
    expect(message).toMatch(/\nlive now is v4 \(Deployed /);
    expect(properties).toMatchObject({ version: 4, status: "unhealthy" });
  });

  it("wants a WebSocket to open and echo, after the health route", async () => {
    answers(well(3));
    heroku.runtime.sendBack = () => "";

    const inputs = { ...fixture.inputs, ...gate, webSocketPath: "/ws/check" };
    expect(await failure(fixture.plugin.create(type, inputs))).toContain(
      'WebSocket http://demo.localhost:5075/ws/check must open and send back the echo of {"type": "ping", "echo": …}, ' +
        'got "no answer"',
    );
    heroku.runtime.sendBack = (text) => text.replace("ping", "pong");
    expect((await fixture.create({ ...gate, webSocketPath: "/ws/check" })).state).toMatchObject({ version: 3 });
  });

  it("does not ask an app in maintenance, for which Heroku's router answers", async () => {
    await heroku.emulator.patch(`/apps/${app.id}`, { maintenance: true });
    expect((await fixture.create(gate)).state).toMatchObject({ status: "succeeded" });
    expect(heroku.runtime.visits).toEqual([]);
  });

  it("releases nothing when the registry holds another image than was tested", async () => {
    const tested = `sha256:${"0".repeat(64)}`;
    const inputs = { ...fixture.inputs, testedImageIds: { web: tested } };
    expect(await failure(fixture.plugin.create(type, inputs))).toMatch(
      new RegExp(
        `^image of process type "web" must be the one that was tested, ${tested}, got sha256:.* in the registry`,
      ),
    );
    expect(await heroku.releases(app.id)).toHaveLength(2);
  });

  it("has nothing to do when only the tested ids are told, or no longer", async () => {
    const { state, inputs } = await fixture.create();
    const news = { ...inputs, testedImageIds: state.imageIds };
    expect(await fixture.plugin.diff(type, { inputs, state }, news)).toMatchObject({ changed: false });
    expect(await fixture.plugin.diff(type, { inputs: news, state }, inputs)).toMatchObject({ changed: false });
  });
});
