import type { Rule, RuleType, ValueOf } from "../../validation/rule";

/** Checks a value by a rule that the program uses too; `subject` is the name of the input. */
export function ruleFault<T extends RuleType>(
  subject: string,
  rule: Rule<T>,
): (value: ValueOf<T>) => string | undefined {
  return (value) => {
    const reason = rule(value);
    return reason && `${subject} ${reason}`;
  };
}

/** Checks a whole number that has no upper bound. */
export function atLeastFault(subject: string, least: number): (value: number) => string | undefined {
  return (value) => (value >= least ? undefined : `${subject} must be ${least} or more, got ${value}`);
}
