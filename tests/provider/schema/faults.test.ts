import { atLeastFault, ruleFault } from "../../../provider/schema/faults";
import { backupHour } from "../../../validation/rules";

describe("ruleFault", () => {
  it("uses the program's rule for an input", () => {
    const fault = ruleFault("hour", backupHour);
    expect(fault(23)).toBeUndefined();
    expect(fault(24)).toBe(`hour ${backupHour(24)}`);
  });
});

describe("atLeastFault", () => {
  it("has no upper bound", () => {
    const fault = atLeastFault("length", 1);
    expect(fault(1_000_000)).toBeUndefined();
    expect(fault(0)).toBe("length must be 1 or more, got 0");
  });
});
