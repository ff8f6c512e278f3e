import * as pulumi from "@pulumi/pulumi";
import type * as inputs from "../types/input";
import type * as outputs from "../types/output";
import { hasToken, type LookUpOptions, registration, type Shape } from "../utilities";

/** Arguments of {@link Pipeline}. */
export interface PipelineArgs {
  /** Name; changing it renames the pipeline. @default the resource's with a random suffix */
  name?: pulumi.Input<string>;
  /** User or team that owns the pipeline. Changing it replaces the pipeline. @default the account of the API key */
  owner?: pulumi.Input<inputs.pipeline.PipelineOwner>;
}

/** State to look up a {@link Pipeline} by. */
export type PipelineState = Partial<PipelineArgs>;

const shape: Shape<PipelineArgs, PipelineState> = {
  token: "heroku:pipeline/pipeline:Pipeline",
  properties: { name: "optional", owner: "optional" },
};

/** A pipeline: apps that are stages of one another. It costs nothing. Importing takes the pipeline's UUID. */
export class Pipeline extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = shape.token;

  /** Name of the pipeline. */
  declare readonly name: pulumi.Output<string>;
  /** User or team that owns the pipeline. */
  declare readonly owner: pulumi.Output<outputs.pipeline.PipelineOwner>;

  constructor(name: string, state: PipelineState | undefined, opts: LookUpOptions);
  constructor(name: string, args?: PipelineArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, argsOrState?: PipelineArgs | PipelineState, opts?: pulumi.CustomResourceOptions) {
    super(...registration(shape, name, argsOrState, opts));
  }

  /** Reads an existing pipeline by its UUID. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PipelineState,
    opts?: pulumi.CustomResourceOptions,
  ): Pipeline {
    return new Pipeline(name, state, { ...opts, id });
  }

  /** Whether an object is a pipeline, also one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is Pipeline {
    return hasToken(obj, shape.token);
  }
}
