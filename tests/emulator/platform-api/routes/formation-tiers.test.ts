import { mixedSizes } from "../../../../emulator/catalog/dyno-sizes";
import { EmulatedApp, type FormationRow } from "../../../support/emulated-app";

describe("formation routes, sizes that Heroku does not mix", () => {
  let app: EmulatedApp;
  let heroku: EmulatedApp["heroku"];

  beforeEach(async () => {
    app = await EmulatedApp.open();
    ({ heroku } = app);
    await app.release(["web", "worker"].map((type) => ({ type, docker_image: app.push(type) })));
  });
  const batch = (...updates: object[]) => heroku.patch("/apps/sketch/formation", { updates });
  const sizes = async () => {
    const { body } = await heroku.get<FormationRow[]>("/apps/sketch/formation");
    return body.map(({ type, quantity, size }) => `${type}@${quantity}:${size}`);
  };

  it("refuses a worker on Standard beside a web dyno on Basic, in Heroku's words", async () => {
    const { status, body } = await heroku.patch("/apps/sketch/formation/worker", { quantity: 1, size: "Standard-1X" });

    expect([status, body]).toEqual([
      422,
      {
        id: "invalid_params",
        message: "Cannot use the following dyno types in the same app: Basic and Standard-1X",
      },
    ]);
    expect(await sizes()).toEqual(["web@1:Basic", "worker@0:Basic"]);
  });

  it("judges a batch as a whole, with its images too", async () => {
    const upgrade = ["web", "worker"].map((type) => ({ type, quantity: 1, size: "standard-1x" }));
    expect((await batch(...upgrade)).status).toBe(200);
    expect((await batch({ type: "web", size: "basic" })).status).toBe(422);
    expect((await batch(...upgrade.map(({ type }) => ({ type, size: "basic" })))).status).toBe(200);

    const images = ["web", "worker"].map((type) => ({
      type,
      docker_image: app.push(type, "two"),
      quantity: 1,
      size: type === "web" ? "standard-1x" : "basic",
    }));
    expect((await batch(...images)).status).toBe(422);
    expect(await app.newest()).toMatchObject({ version: 3 });
  });

  it("counts no process type without dynos", async () => {
    expect((await heroku.patch("/apps/sketch/formation/web", { size: "standard-1x" })).status).toBe(200);
    expect(await sizes()).toEqual(["web@1:Standard-1X", "worker@0:Basic"]);
    expect((await heroku.patch("/apps/sketch/formation/worker", { quantity: 1 })).status).toBe(422);
  });

  it("runs a one-off dyno of any size", async () => {
    expect((await heroku.post("/apps/sketch/dynos", { command: "true", size: "performance-l" })).status).toBe(201);
  });

  it.each([
    [["Basic", "Basic"], undefined],
    [["Standard-1X", "Performance-2XL"], undefined],
    [["Eco", "Basic"], "Eco and Basic"],
    [["Performance-M", "Basic", "Standard-2X"], "Basic, Standard-2X, and Performance-M"],
  ])("mixes %j: %s", (names, list) => {
    const expected = list && `Cannot use the following dyno types in the same app: ${list}`;

    expect(mixedSizes(names)).toBe(expected);
  });
});
