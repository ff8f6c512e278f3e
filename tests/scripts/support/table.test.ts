import { isMet, table } from "../../../scripts/support/table.mjs";

describe("table", () => {
  it("sets each figure beside its yardstick, its ratio and its aim", () => {
    const text = table([
      {
        figure: "no-op preview",
        measured: 3,
        unit: "s",
        yardstick: { value: 2.4, what: "an empty program's" },
        aim: { ratio: 1.5 },
      },
      { figure: "idle memory", measured: 151.26, unit: "MB", aim: { most: 150 } },
      { figure: "throughput", measured: 812, unit: "requests/s" },
      { figure: "releases", measured: 0, unit: "releases", yardstick: { value: 0, what: "forced" } },
    ]);
    expect(text).toBe(
      [
        "| figure        | measured       | yardstick                 | ratio | aim           |",
        "|---------------|----------------|---------------------------|-------|---------------|",
        "| no-op preview | 3 s            | 2.4 s, an empty program's | 1.25  | ✔ ratio ≤ 1.5 |",
        "| idle memory   | 151 MB         |                           |       | ✘ ≤ 150 MB    |",
        "| throughput    | 812 requests/s |                           |       |               |",
        "| releases      | 0 releases     | 0 releases, forced        |       |               |",
      ].join("\n"),
    );
  });
});

describe("isMet", () => {
  it("compares the value with a bound from below", () => {
    expect(isMet({ figure: "f", measured: 5, unit: "s", aim: { least: 6 } })).toBe(false);
    expect(isMet({ figure: "f", measured: 6, unit: "s", aim: { least: 6 } })).toBe(true);
  });

  it("does not hold a figure without an aim to anything", () => {
    expect(isMet({ figure: "f", measured: 5, unit: "s" })).toBeUndefined();
  });

  it("takes a ratio without a yardstick for missed", () => {
    expect(isMet({ figure: "f", measured: 5, unit: "s", aim: { ratio: 1 } })).toBe(false);
  });
});
