import * as v from "valibot";
import type { Rule, RuleType, ValueOf } from "../validation/rule";

/** What reference.ts and the checks need to know about a setting. */
export interface Described {
  description: string;
  /** Type in Pulumi.yaml. */
  yamlType: RuleType | "array" | "object";
  /** Decides about a value, or about each value of a list or map. */
  rule?: Rule;
  /** Settings of an object. */
  entries?: Readonly<Record<string, Entry>>;
  /** What each entry of a map is. */
  each?: Described;
  /** Must be encrypted in the stack's file. */
  secret?: true;
}

/** A setting that may be left out. */
export interface Optional {
  wrapped: Described;
  /** Taken instead. */
  default?: unknown;
  /** What happens instead, in words. */
  otherwise?: string;
}

export type Entry = Described | Optional;

/** The setting itself, of one that may be left out. */
export const settingOf = (entry: Entry): Described => ("wrapped" in entry ? entry.wrapped : entry);

/** A value that a rule decides about; the rule's reason is the message. */
export const value = <T extends RuleType>(rule: Rule<T>, description: string) =>
  Object.assign(
    v.custom<ValueOf<T>>(
      (input) => rule(input) === undefined,
      (issue) => rule(issue.input) ?? "",
    ),
    { yamlType: rule.type, rule, description },
  );

export const list = <T extends RuleType>(rule: Rule<T>, description: string) =>
  Object.assign(v.array(value(rule, "")), { yamlType: "array" as const, rule, description });

export const map = <T extends RuleType>(rule: Rule<T>, description: string) =>
  Object.assign(v.record(v.string(), value(rule, "")), { yamlType: "object" as const, rule, description });

/** A map whose entries are objects. */
export const mapOf = <S extends v.GenericSchema & Described>(each: S, description: string) =>
  Object.assign(v.record(v.string(), each), { yamlType: "object" as const, each, description });

export const object = <E extends v.ObjectEntries & Record<string, Entry>>(entries: E, description: string) =>
  Object.assign(v.strictObject(entries), { yamlType: "object" as const, description });

/** Any values under any names; other code checks them. */
export const anything = (description: string) =>
  Object.assign(v.record(v.string(), v.unknown()), { yamlType: "object" as const, description });

/** A setting that may be left out; `otherwise` describes what happens then. */
export const optional = <S extends v.GenericSchema & Described>(setting: S, otherwise: string) =>
  Object.assign(v.optional(setting), { otherwise });

export const secret = <S extends Described>(setting: S) => Object.assign(setting, { secret: true as const });
