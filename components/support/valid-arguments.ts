import * as pulumi from "@pulumi/pulumi";
import { describe, type Issue } from "../../validation/issue";
import type { Rule } from "../../validation/rules";

/** Applies a rule to a plain value. Outputs and promises are the provider's to check, absent values are fine. */
export function check(propertyPath: string, value: unknown, rule: Rule): Issue[] {
  if (value === undefined || pulumi.Output.isInstance(value) || value instanceof Promise) return [];
  const reason = rule(value);
  return reason ? [{ propertyPath, reason }] : [];
}

/**
 * Throws all issues of a component's arguments at once, before anything is registered. The message lists them
 * too, since the engine prints only that for an error of a program.
 */
export function assertValid(component: string, issues: Issue[]): void {
  if (issues.length === 0) return;
  const message = `${component} cannot be created with these arguments:\n${describe(issues)}`;
  throw new pulumi.InputPropertiesError({ message, errors: issues });
}
