import { Emulator } from "../../../support/emulator";

type Row = Record<string, unknown>;

describe("catalog routes", () => {
  let heroku: Emulator;
  beforeAll(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
  });

  it.each([
    ["/regions", "us"],
    ["/stacks", "container"],
    ["/dyno-sizes", "Standard-1X"],
    ["/addon-services", "heroku-postgresql"],
    ["/addon-services/heroku-redis/plans", "heroku-redis:premium-0"],
  ])("GET %s lists, and accepts name and id", async (path, name) => {
    const list = await heroku.get<Row[]>(path);
    const row = list.body.find((entry) => entry.name === name);

    expect(row).toBeDefined();
    expect((await heroku.get(`${path}/${name}`)).body).toEqual(row);
    expect((await heroku.get(`${path}/${row?.id}`)).body).toEqual(row);
    expect((await heroku.get(`${path}/nothing`)).status).toBe(404);
  });

  it("GET /plans/:plan shows the price", async () => {
    expect((await heroku.get("/plans/heroku-postgresql:standard-0")).body).toMatchObject({
      name: "heroku-postgresql:standard-0",
      price: { cents: 5_000, contract: false, metered: false, unit: "month" },
    });
  });

  it("GET /apps/:app/available-dyno-sizes and available-stacks list what an app can have", async () => {
    expect((await heroku.get<Row[]>("/apps/sketch/available-dyno-sizes")).body).toHaveLength(9);
    expect((await heroku.get<Row[]>("/apps/sketch/available-stacks")).body).toHaveLength(4);
    expect((await heroku.get("/apps/nothing/available-stacks")).status).toBe(404);
  });

  it("has the same ids in every instance", async () => {
    const other = await Emulator.open();

    expect((await other.get("/regions/us")).body).toEqual((await heroku.get("/regions/us")).body);
  });
});
