import type { HerokuClient } from "../heroku/client";
import type { InputsOf, ResourceDefinition, StateOf, ValuesOf } from "../schema/definition";
import type { Change } from "../schema/diff-inputs";

/** The state a former deployment left. One that failed half-way, or an older version of the plugin, left less. */
export type FormerState<D extends ResourceDefinition> = InputsOf<D> & Partial<ValuesOf<D["outputs"]>>;

/** What a preview knows of the inputs: what is not known yet is missing, also a single entry of a map. */
export type KnownInputs<D extends ResourceDefinition> = Partial<InputsOf<D>>;

/** What an operation works with. */
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

/** A resource type: everything the engine can ask of one, in plain typed values. */
export interface Resource<D extends ResourceDefinition = ResourceDefinition> {
  readonly definition: D;
  /** Changes that are due although no input has changed. */
  pending?(state: FormerState<D>): Change[];
  /**
   * What a preview of a creation or, with `former`, of an update can say of the outputs beyond those that are stable. It
   * only reads, and it fails where the operation is bound to. An output it leaves out counts as not
   * known yet, one it gives as undefined as absent.
   */
  preview?(
    inputs: KnownInputs<D>,
    former: FormerState<D> | undefined,
    context: Context,
  ): Promise<Partial<ValuesOf<D["outputs"]>>>;
  create(inputs: InputsOf<D>, context: Context): Promise<{ id: string; state: StateOf<D> }>;
  /** Undefined when there is none. `former` is missing on import. */
  read(id: string, former: FormerState<D> | undefined, context: Context): Promise<Live<D> | undefined>;
  update(id: string, inputs: InputsOf<D>, former: FormerState<D>, context: Context): Promise<StateOf<D>>;
  delete(id: string, former: FormerState<D>, context: Context): Promise<void>;
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
