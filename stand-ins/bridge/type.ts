import type { InputsOf, ResourceDefinition, ValuesOf } from "../../provider/schema/definition";

/** Everything the state of a resource keeps besides what the bridge adds; what has no value is null. */
export type Attributes<D extends ResourceDefinition> = Nullable<Required<InputsOf<D>> & ValuesOf<D["outputs"]>>;

/** The attributes of a former deployment. An older version of the provider may have left fewer. */
export type FormerAttributes<D extends ResourceDefinition> = Partial<Attributes<D>>;

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** A resource and its id, or its import id. */
export interface Found<D extends ResourceDefinition> {
  id: string;
  attributes: Attributes<D>;
}

/**
 * A resource type of a provider that Pulumi has bridged from Terraform. An input that is an output too is chosen by the
 * server when the program leaves it out. An input called "name" is generated when the program leaves it out.
 */
export interface BridgedType<D extends ResourceDefinition, C> {
  readonly definition: D;
  /** Version of Terraform's schema. The official provider migrates states of older versions. @default 0 */
  readonly schemaVersion?: number;
  /** Values that Terraform takes for inputs that the program leaves out. */
  readonly defaults?: Partial<InputsOf<D>>;
  /** The form in which the state keeps an input's value. */
  readonly forms?: { readonly [K in keyof InputsOf<D>]?: (value: string) => string };
  /** What is wrong with a combination of inputs, by property. */
  faults?(inputs: Partial<InputsOf<D>>): Record<string, string>;
  /** `generated` are the names of the inputs that the program left out. */
  create(inputs: InputsOf<D>, context: C, generated: readonly string[]): Promise<Found<D>>;
  /** Undefined when there is none. */
  read(id: string, former: FormerAttributes<D>, context: C): Promise<Attributes<D> | undefined>;
  /** Finds a resource by its import id; undefined when there is none. */
  import(id: string, context: C): Promise<Found<D> | undefined>;
  /** Left out when every change replaces the resource. */
  update?(id: string, inputs: InputsOf<D>, former: FormerAttributes<D>, context: C): Promise<Attributes<D>>;
  delete(id: string, former: FormerAttributes<D>, context: C): Promise<void>;
}
