import type { HerokuClient } from "../heroku/client";
import type { CheckFailure } from "../schema/check";
import type { InputsOf, ResourceDefinition, StateOf, ValuesOf } from "../schema/definition";
import type { Change } from "../schema/diff";
import type { PropertyValues } from "../schema/property";

/** The state a former deployment left. One that failed half-way, or an older version of the plugin, left less. */
export type FormerState<D extends ResourceDefinition> = InputsOf<D> & Partial<ValuesOf<D["outputs"]>>;

/** What a preview knows of the inputs: what is not known yet is missing, also a single entry of a map. */
export type KnownInputs<D extends ResourceDefinition> = Partial<InputsOf<D>>;

/** What an operation of heroku-native works with. */
export interface Context {
  client: HerokuClient;
  /** Milliseconds that the user's customTimeouts allow for the operation. */
  timeout: number | undefined;
}

/** What is there now. */
export interface Live<D extends ResourceDefinition> {
  id: string;
  /** The inputs that a program would have to give for it. */
  inputs: InputsOf<D>;
  state: StateOf<D>;
}

/** What a check can use to generate an input that the program leaves out. */
export interface CheckSubject {
  /** The resource's name in the program. */
  name: string;
  /** Inputs of the last deployment, undefined when there is none. */
  former: PropertyValues | undefined;
  /** Random bytes that are the same in a preview and in the `up` that follows it. */
  seed: Uint8Array;
}

/** What sets inputs apart from a state. */
export interface Comparison {
  changes: Change[];
  /** The engine shows by itself how the inputs differ, and takes the changes for what they lead to only. */
  shownByInputs?: true;
  /** The old one has to go before a replacement can be made. */
  deleteBeforeReplace: boolean;
}

/** A resource type: everything the engine can ask of one, in plain typed values. `C` is what its operations work with. */
export interface Resource<D extends ResourceDefinition = ResourceDefinition, C = Context> {
  readonly definition: D;
  /** Completes inputs that are valid by their definition, e.g. with a generated name, or finds further faults. */
  complete?(
    inputs: PropertyValues,
    subject: CheckSubject,
  ): Promise<{ inputs: PropertyValues; failures?: CheckFailure[] }>;
  /** Compares inputs with the state, in place of the comparison with the former inputs. */
  compare?(state: PropertyValues, inputs: PropertyValues): Comparison;
  /** Changes that are due although no input has changed. */
  pending?(state: FormerState<D>): Change[];
  /**
   * What a preview of a creation or, with `former`, of an update can say of the state beyond the inputs and the outputs
   * that are stable. It only reads, and it fails where the operation is bound to. An output it leaves out counts as not
   * known yet, one it gives as undefined as absent. `given` are the inputs with what is not known yet.
   */
  preview?(
    inputs: KnownInputs<D>,
    former: FormerState<D> | undefined,
    context: C,
    given: PropertyValues,
  ): Promise<Partial<ValuesOf<D["outputs"]>> & Record<string, unknown>>;
  create(inputs: InputsOf<D>, context: C): Promise<{ id: string; state: StateOf<D> }>;
  /** Undefined when there is none. `former` and the former inputs, as a check left them, are missing on import. */
  read(
    id: string,
    former: FormerState<D> | undefined,
    context: C,
    formerInputs?: PropertyValues,
  ): Promise<Live<D> | undefined>;
  update(id: string, inputs: InputsOf<D>, former: FormerState<D>, context: C): Promise<StateOf<D>>;
  delete(id: string, former: FormerState<D>, context: C): Promise<void>;
}

/** Something was made but did not get well: the state is kept, and the next `pulumi up` goes on from there. */
export class InitFailedError extends Error {
  override readonly name = "InitFailedError";

  constructor(
    message: string,
    readonly id: string,
    readonly state: object,
  ) {
    super(message);
  }
}
