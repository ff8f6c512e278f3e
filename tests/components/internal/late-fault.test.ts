import * as pulumi from "@pulumi/pulumi";
import { lateFault } from "../../../components/internal/late-fault";

describe("lateFault", () => {
  it("is an error of the user's whose message stays, and that has no stack to be inspected", () => {
    const fault = lateFault("the stack has no release");
    fault.message = `error serializing property "source": ${fault.message}`;
    expect(pulumi.RunError.isInstance(fault)).toBe(true);
    expect(fault.message).toBe("the stack has no release");
    expect(fault.stack).toBeUndefined();
  });
});
