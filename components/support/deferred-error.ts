import * as pulumi from "@pulumi/pulumi";

/**
 * A user error that can only be detected once an output resolves. Hides the stack, since printing every promise in it
 * takes Pulumi over a minute, and stops Pulumi from prefixing the message with each property that waited for the
 * output.
 */
export function deferredError(message: string): pulumi.RunError {
  return Object.defineProperties(new pulumi.RunError(message), {
    message: { get: () => message, set: () => {} },
    stack: { value: undefined },
  });
}
