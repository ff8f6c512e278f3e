import { countJunit } from "../../../scripts/suites/app.mjs";

describe("countJunit", () => {
  it("counts the cases of a pytest report", () => {
    const xml = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1"
      failures="1" skipped="1" tests="5"><testcase classname="tests.a" name="test_one" time="0.1" /><testcase
      classname="tests.a" name="test_two" time="0.1"><system-out>said</system-out></testcase><testcase classname="tests.a"
      name="test_three"><failure message="assert 1 == 2">assert</failure></testcase><testcase classname="tests.a"
      name="test_four"><error message="no fixture">trace</error></testcase><testcase classname="tests.a"
      name="test_five"><skipped type="pytest.skip" message="no &lt;Redis&gt; here">t.py:1</skipped></testcase>
      </testsuite></testsuites>`;
    expect(countJunit(xml)).toEqual({
      passed: 2,
      failed: 2,
      skips: [{ what: "app: test_five", count: 1, reason: "no <Redis> here" }],
    });
  });

  it("counts nothing in an empty report", () => {
    expect(countJunit('<testsuites><testsuite tests="0" /></testsuites>')).toEqual({ passed: 0, failed: 0, skips: [] });
  });
});
