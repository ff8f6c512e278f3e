import * as pulumi from "@pulumi/pulumi";

/**
 * A fault of the user's that shows only once an output is known. Thrown in an `apply`, Pulumi reports its message: as it
 * stands here, not behind the name of each property that waited for it, and without a stack, since with one Pulumi prints
 * to its trace every promise that led there, which takes more than a minute.
 */
export function deferredError(message: string): pulumi.RunError {
  return Object.defineProperties(new pulumi.RunError(message), {
    message: { get: () => message, set: () => {} },
    stack: { value: undefined },
  });
}
