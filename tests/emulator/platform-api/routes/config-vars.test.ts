import { Emulator } from "../../../support/emulator";

describe("config var routes", () => {
  let heroku: Emulator;
  const descriptions = async () => {
    const { body } = await heroku.get<{ description: string }[]>("/apps/sketch/releases");
    return body.slice(2).map(({ description }) => description);
  };
  beforeEach(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
  });

  it("PATCH /apps/:app/config-vars sets, keeps and removes vars", async () => {
    await heroku.patch("/apps/sketch/config-vars", { A: "1", B: "2" });
    const { status, body } = await heroku.patch("/apps/sketch/config-vars", { A: null, C: "3" });

    expect(status).toBe(200);
    expect(body).toEqual({ B: "2", C: "3" });
    expect((await heroku.get("/apps/sketch/config-vars")).body).toEqual({ B: "2", C: "3" });
  });

  it("PATCH /apps/:app/config-vars makes one release for each change", async () => {
    await heroku.patch("/apps/sketch/config-vars", { A: "1", B: "2" });
    await heroku.patch("/apps/sketch/config-vars", { A: null, C: "3" });
    await heroku.patch("/apps/sketch/config-vars", { B: null });

    expect(await descriptions()).toEqual([
      "Set A, B config vars",
      "Set C and remove A config vars",
      "Remove B config vars",
    ]);
  });

  it.each([[{}], [{ A: "1" }], [{ MISSING: null }]])(
    "PATCH /apps/:app/config-vars makes no release for %j, which changes nothing",
    async (change) => {
      await heroku.patch("/apps/sketch/config-vars", { A: "1" });

      const { status, body } = await heroku.patch("/apps/sketch/config-vars", change);

      expect(status).toBe(200);
      expect(body).toEqual({ A: "1" });
      expect(await descriptions()).toEqual(["Set A config vars"]);
    },
  );

  it("PATCH /apps/:app/config-vars refuses an add-on's var and everything else in the body", async () => {
    await heroku.post("/apps/sketch/addons", { plan: "heroku-postgresql:essential-0" });

    const { status, body } = await heroku.patch("/apps/sketch/config-vars", { A: "1", DATABASE_URL: null });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Cannot overwrite attachment values DATABASE_URL." });
    await heroku.idle();
    expect((await heroku.get("/apps/sketch/config-vars")).body).not.toHaveProperty("A");
  });

  it.each([
    [
      { "NOT-LEGAL": "x" },
      'Config var name "NOT-LEGAL" is invalid: only letters, digits and underscores, not a digit first.',
    ],
    [{ "1ST": "x" }, 'Config var name "1ST" is invalid: only letters, digits and underscores, not a digit first.'],
    [{ HEROKU_X: "x" }, 'Config var name "HEROKU_X" is reserved.'],
    [{ __X: "x" }, 'Config var name "__X" is reserved.'],
    [{ A: 1 }, "Invalid value for A: expected string."],
    [{ A: "x".repeat(64 * 1024) }, "Config vars are limited to 64 kB in all."],
  ])("PATCH /apps/:app/config-vars refuses invalid vars (%#)", async (vars, message) => {
    const { status, body } = await heroku.patch("/apps/sketch/config-vars", vars);

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message });
    expect(await descriptions()).toEqual([]);
  });

  it("PATCH /apps/:app/config-vars counts existing vars towards the limit, but not removed ones", async () => {
    const half = "x".repeat(40 * 1024);
    await heroku.patch("/apps/sketch/config-vars", { A: half });

    const { status, body } = await heroku.patch("/apps/sketch/config-vars", { B: half });

    expect(status).toBe(422);
    expect(body).toEqual({ id: "invalid_params", message: "Config vars are limited to 64 kB in all." });
    expect((await heroku.patch("/apps/sketch/config-vars", { A: null, B: half })).body).toEqual({ B: half });
  });

  it("GET /apps/:app/releases/:release/config-vars returns the vars of that release", async () => {
    await heroku.patch("/apps/sketch/config-vars", { A: "1" });
    await heroku.patch("/apps/sketch/config-vars", { A: "2" });

    expect((await heroku.get("/apps/sketch/releases/3/config-vars")).body).toEqual({ A: "1" });
    expect((await heroku.get("/apps/sketch/releases/v4/config-vars")).body).toEqual({ A: "2" });
  });
});
