import { add, closingLine, none } from "../../../scripts/suites/counts.mjs";

describe("closingLine", () => {
  it("sums what the suites report", () => {
    const suites = [
      { passed: 3, failed: 0, skips: [{ what: "a", count: 1, reason: "r" }] },
      { passed: 10, failed: 2, skips: [] },
      { passed: 0, failed: 0, skips: [{ what: "e2e tests", count: 40, reason: "no engine" }] },
    ];
    expect(closingLine(suites.reduce(add, none))).toBe("13 passed, 2 failed, 41 skipped");
  });

  it("counts nothing when nothing ran", () => {
    expect(closingLine(none)).toBe("0 passed, 0 failed, 0 skipped");
  });
});
