import { countResults } from "../../../scripts/suites/jest.mjs";

const file = (name: string, status: string, ...tests: [status: string, fullName: string][]) => ({
  name,
  status,
  message: "",
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
});

describe("countResults", () => {
  it("counts tests by their outcome", () => {
    const results = {
      testResults: [
        file("a.test.ts", "passed", ["passed", "A does"], ["passed", "A is"]),
        file("b.test.ts", "failed", ["failed", "B does"], ["passed", "B is"]),
      ],
    };
    expect(countResults(results)).toEqual({ passed: 3, failed: 1, skips: [] });
  });

  it("counts a file that does not load as one failure", () => {
    expect(countResults({ testResults: [file("a.test.ts", "failed")] })).toEqual({ passed: 0, failed: 1, skips: [] });
  });

  it("takes the reason of a skip from the title of the test or its group", () => {
    const skipped = file("/p/a.test.ts", "passed", ["pending", "Sdk (skipped: no schema here) has every class"]);
    expect(countResults({ testResults: [skipped] }, (path) => path.slice(3))).toEqual({
      passed: 0,
      failed: 0,
      skips: [{ what: "a.test.ts: Sdk has every class", count: 1, reason: "no schema here" }],
    });
  });

  it("shows a skip that says no reason, and one left to do", () => {
    const skipped = file("a.test.ts", "passed", ["pending", "A does"], ["todo", "A will"]);
    expect(countResults({ testResults: [skipped] }).skips).toEqual([
      { what: "a.test.ts: A does", count: 1, reason: "the test says no reason" },
      { what: "a.test.ts: A will", count: 1, reason: "the test says no reason" },
    ]);
  });
});
