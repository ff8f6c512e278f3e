import type { PropertyValues } from "./property";

/** The types a property may have, and their TypeScript types. That of an object follows from its own properties. */
export interface PropertyTypes {
  string: string;
  /** A whole number. */
  integer: number;
  boolean: boolean;
  stringList: string[];
  stringMap: Record<string, string>;
  object: PropertyValues;
  /** Objects by key, all with the same properties. */
  objectMap: Record<string, PropertyValues>;
}

/** What a check sees of a value: of a map its keys alone, since values may not be known yet. */
type Checked<T extends keyof PropertyTypes> = T extends "stringMap" | "objectMap" ? string[] : PropertyTypes[T];

interface PropertyOf<T extends keyof PropertyTypes> {
  readonly type: T;
  /** Documentation: meaning, unit, what changing it does. */
  readonly description: string;
  readonly optional?: true;
  /** Taken when the program gives none. */
  readonly default?: PropertyTypes[T];
  /** Changing it replaces the resource. */
  readonly replaces?: true;
  /** Outputs that are other names of the same thing: going from one to another is no change. */
  readonly synonyms?: readonly string[];
  /** Told along with the rest: a change of it alone is no change. */
  readonly remark?: true;
  /** Never shown, and encrypted in the state. */
  readonly secret?: true;
  /** An output that keeps its value while the resource is not replaced. */
  readonly stable?: true;
  /** The values allowed, where they are few. */
  readonly values?: readonly PropertyTypes[T][];
  /** Says what is wrong with a value of the right type; nothing when it is legal. */
  fault?(value: Checked<T>): string | undefined;
  /** The same for one entry of a map, whose value may not be known yet. */
  entryFault?(key: string, value: string | undefined): string | undefined;
}

/** An object, or a map of objects, with properties of their own; they are compared one by one. */
interface NestedProperty<T extends "object" | "objectMap"> extends PropertyOf<T> {
  readonly properties: Properties;
}

type Flat = Exclude<keyof PropertyTypes, "object" | "objectMap">;
export type Property = { [T in Flat]: PropertyOf<T> }[Flat] | NestedProperty<"object"> | NestedProperty<"objectMap">;
export type Properties = Readonly<Record<string, Property>>;

/** One resource: its inputs and outputs, from which the plugin's schema, its checks, diffs and types all come. */
export interface ResourceDefinition {
  /** Name of the class and last part of the type token. */
  readonly name: string;
  /** Middle part of the type token. @default "index" */
  readonly module?: string;
  readonly description: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** The old one has to go before a replacement can be made. */
  readonly deleteBeforeReplace?: true;
}

type ValueOf<P> = P extends { type: "object"; properties: infer N }
  ? ValuesOf<N>
  : P extends { type: "objectMap"; properties: infer N }
    ? Record<string, ValuesOf<N>>
    : P extends { type: infer T extends keyof PropertyTypes }
      ? PropertyTypes[T]
      : never;
type OptionalKeys<P> = { [K in keyof P]: P[K] extends { optional: true } ? K : never }[keyof P];

/** Values of a set of properties, defaults filled in. */
export type ValuesOf<P> = { -readonly [K in Exclude<keyof P, OptionalKeys<P>>]: ValueOf<P[K]> } & {
  -readonly [K in OptionalKeys<P>]?: ValueOf<P[K]>;
};

export type InputsOf<D extends ResourceDefinition> = ValuesOf<D["inputs"]>;
/** What the state keeps: the inputs and what came of them. */
export type StateOf<D extends ResourceDefinition> = InputsOf<D> & ValuesOf<D["outputs"]>;

/** Type token of a resource of the package `packageName`, as it stands in URNs. */
export function tokenOf(packageName: string, { module = "index", name }: ResourceDefinition): string {
  return `${packageName}:${module}:${name}`;
}
