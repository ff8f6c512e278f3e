import * as pulumi from "@pulumi/pulumi";
import { describe, type Issue } from "../../validation/issue";
import type { Rule } from "../../validation/rule";
import { deferredError } from "./deferred-error";

/** Applies a rule to a plain value. An absent one is legal, and an Output is left to {@link whenKnown}. */
export function check(propertyPath: string, value: unknown, rule: Rule): Issue[] {
  if (value === undefined || isDeferred(value)) return [];
  const reason = rule(value);
  return reason ? [{ propertyPath, reason }] : [];
}

/** The same value; if it is an Output, one that fails once it is known and breaks the rule. */
export function whenKnown(
  component: string,
  propertyPath: string,
  value: pulumi.Input<string>,
  rule: Rule<"string">,
): pulumi.Input<string> {
  if (!isDeferred(value)) return value;
  const known = pulumi.output(value);
  return known.apply(async (plain) => {
    const reason = rule(plain);
    if (reason === undefined) return plain;
    const isSecret = await pulumi.isSecret(known);
    const shown = isSecret ? reason.replaceAll(JSON.stringify(plain), "[secret]") : reason;
    throw deferredError(messageOf(component, [{ propertyPath, reason: shown }]));
  });
}

/**
 * Throws all issues of a component's arguments at once, before anything is registered. The message lists them too,
 * since the engine prints only that for an error of a program.
 */
export function assertValid(component: string, issues: Issue[]): void {
  if (issues.length === 0) return;
  throw new pulumi.InputPropertiesError({ message: messageOf(component, issues), errors: issues });
}

const isDeferred = (value: unknown): boolean => pulumi.Output.isInstance(value) || value instanceof Promise;

const messageOf = (component: string, issues: Issue[]): string =>
  `${component} cannot be created with these arguments:\n${describe(issues)}`;
