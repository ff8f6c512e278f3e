import { Emulator } from "../../support/emulator";

type Release = { version: number };

describe("reply", () => {
  let heroku: Emulator;
  const versions = async (range?: string) => {
    const { status, headers, body } = await heroku.get<Release[]>(
      "/apps/sketch/releases",
      range === undefined ? {} : { Range: range },
    );
    return { status, next: headers.get("Next-Range"), versions: body.map(({ version }) => version) };
  };

  beforeAll(async () => {
    heroku = await Emulator.open();
    await heroku.post("/apps", { name: "sketch" });
    for (const value of ["1", "2", "3"]) await heroku.patch("/apps/sketch/config-vars", { A: value });
  });

  it("returns a short list in one page", async () => {
    expect(await versions()).toEqual({ status: 200, next: null, versions: [1, 2, 3, 4, 5] });
  });

  it.each([
    "version ..; max=1,order=desc",
    "version ..; max=1, order=desc",
    "version ..; order=desc,max=1",
    "..; max=1,order=desc",
  ])("accepts %s, as clients write it", async (range) => {
    expect(await versions(range)).toMatchObject({ status: 206, versions: [5] });
  });

  it("continues where the last page ended", async () => {
    const first = await versions("version ..; max=2");
    const second = await versions(first.next ?? "");
    const third = await versions(second.next ?? "");

    expect(first).toEqual({ status: 206, next: "version ]2..; max=2", versions: [1, 2] });
    expect(second).toEqual({ status: 206, next: "version ]4..; max=2", versions: [3, 4] });
    expect(third).toEqual({ status: 200, next: null, versions: [5] });
  });

  it("continues in descending order, too", async () => {
    const first = await versions("version ..; max=3,order=desc");
    const second = await versions(first.next ?? "");

    expect(first).toEqual({ status: 206, next: "version ]3..; max=3,order=desc", versions: [5, 4, 3] });
    expect(second).toEqual({ status: 200, next: null, versions: [2, 1] });
  });

  it.each([
    ["version 2..4", [2, 3, 4]],
    ["version ]2..4", [3, 4]],
    ["version 4..", [4, 5]],
    ["version ..2", [1, 2]],
  ])("returns only %s", async (range, expected) => {
    expect(await versions(range)).toEqual({ status: 200, next: null, versions: expected });
  });

  it.each([
    "color ..",
    "version ..; max=0",
    "version ..; max=1001",
    "version ..; max=x",
    "version ..; order=up",
    "bytes=0-9",
    "version",
  ])("refuses %s", async (range) => {
    const { status, body } = await heroku.get("/apps/sketch/releases", { Range: range });

    expect(status).toBe(416);
    expect(body).toEqual({
      id: "requested_range_not_satisfiable",
      message: `The range "${range}" is not supported.`,
    });
  });
});
