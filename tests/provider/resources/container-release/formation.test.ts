import { ContainerAppFixture } from "../../support/container-app-fixture";
import { failure } from "../../support/plugin-client";

// Each test opens a Local Heroku, which takes long on a busy machine.
jest.setTimeout(30_000);

const type = "ContainerRelease";

describe("ContainerRelease with a formation", () => {
  let fixture: ContainerAppFixture;
  let heroku: ContainerAppFixture["heroku"];
  let app: ContainerAppFixture["app"];

  beforeEach(async () => {
    fixture = await ContainerAppFixture.open();
    ({ heroku, app } = fixture);
  });
  afterEach(() => fixture.close());

  const scale = (size: string, quantity: number) => ({ web: { size, quantity } });
  const dynos = () => heroku.emulator.machines.dynoRows.map(({ type, size }) => `${type} ${size}`);
  const patches = () => heroku.requests.filter((request) => request.startsWith("PATCH"));

  it("starts the first release at the declared size and quantity, in one request", async () => {
    const { state } = await fixture.create({ formation: scale("standard-2x", 2) });

    expect(state).toMatchObject({ version: 3, formation: scale("standard-2x", 2) });
    expect(dynos()).toEqual(["web Standard-2X", "web Standard-2X"]);
    expect(patches()).toEqual([`PATCH /apps/${app.id}/formation`]);
  });

  it("scales without a release", async () => {
    const { id, state, inputs } = await fixture.create({ formation: scale("standard-1x", 1) });

    const scaled = await fixture.plugin.update(type, id, state, { ...inputs, formation: scale("standard-1x", 3) });

    expect(scaled).toMatchObject({ version: 3, status: "succeeded" });
    expect(dynos()).toHaveLength(3);
    expect(await heroku.releases(app.id)).toHaveLength(3);
  });

  it("goes back to the former scale when the new dynos crash", async () => {
    const { id, state, inputs } = await fixture.create({ formation: scale("standard-1x", 1) });
    heroku.emulator.machines.dynoState = ({ name }) => (name === "web.2" ? "crashed" : "up");

    const update = fixture.plugin.update(type, id, state, { ...inputs, formation: scale("standard-1x", 2) });

    expect(await failure(update)).toMatch(
      /dyno web\.2 of app "demo" must be up, got "crashed"[\s\S]*the former scale is back, and v3 is live$/,
    );
    expect(dynos()).toEqual(["web Standard-1X"]);
  });

  it("names the entry that changes, and replaces nothing", async () => {
    const { state, inputs } = await fixture.create({ formation: scale("basic", 1) });
    const news = {
      ...inputs,
      formation: { web: { size: "standard-1x", quantity: 1 }, worker: { size: "basic", quantity: 1 } },
    };

    expect(await fixture.plugin.diff(type, { inputs, state }, news)).toMatchObject({
      replaces: [],
      detailed: { "formation.web.size": "UPDATE", "formation.worker": "ADD" },
    });
  });

  it("reads a scale changed by hand as a change, and Heroku's spelling of a size as none", async () => {
    const { id, state, inputs } = await fixture.create({ formation: scale("standard-1x", 1) });
    await heroku.emulator.patch(`/apps/${app.id}/formation/web`, { quantity: 2 });

    const { inputs: read } = await fixture.plugin.read(type, id, { inputs, state });

    expect(read.formation).toEqual(scale("standard-1x", 2));
  });

  it("checks every entry", async () => {
    const formation = {
      web: { size: "basic", quantity: 101 },
      "my worker": { size: "basic", quantity: 1 },
      clock: { size: 3 },
    };

    const { failures } = await fixture.plugin.check(type, { ...fixture.inputs, formation });

    expect(Object.keys(failures).sort()).toEqual([
      "formation.clock.quantity",
      "formation.clock.size",
      "formation.web.quantity",
      'formation["my worker"]',
    ]);
  });
});
