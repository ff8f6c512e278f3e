import * as pulumi from "@pulumi/pulumi";
import type { Rule } from "./rules";

/** One thing that is wrong: where, and why. The reason completes a sentence that begins with the path. */
export interface Fault {
  propertyPath: string;
  reason: string;
}

/** Applies a rule to a plain value. Outputs and promises are the provider's to check, absent values are fine. */
export function check(propertyPath: string, value: unknown, rule: Rule): Fault[] {
  if (value === undefined || pulumi.Output.isInstance(value) || value instanceof Promise) return [];
  const reason = rule(value);
  return reason ? [{ propertyPath, reason }] : [];
}

/** One line a fault, as a person reads it. */
export const describe = (faults: readonly Fault[]): string =>
  faults.map(({ propertyPath, reason }) => `  ${propertyPath} ${reason}`).join("\n");

/**
 * Throws all faults of a component's arguments at once, before anything is registered. The message holds them
 * too, since the engine prints only that for an error of a program.
 */
export function assertValid(component: string, faults: Fault[]): void {
  if (faults.length === 0) return;
  const message = `${component} cannot be created with these arguments:\n${describe(faults)}`;
  throw new pulumi.InputPropertiesError({ message, errors: faults });
}
