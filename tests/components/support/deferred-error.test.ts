import * as pulumi from "@pulumi/pulumi";
import { deferredError } from "../../../components/support/deferred-error";

describe("deferredError", () => {
  it("is a user error with a fixed message and no stack", () => {
    const error = deferredError("the stack has no release");
    error.message = `error serializing property "source": ${error.message}`;
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error.message).toBe("the stack has no release");
    expect(error.stack).toBeUndefined();
  });
});
