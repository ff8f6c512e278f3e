import { entity, type Stored, type Timed } from "./entity";

/** The stages of a pipeline. */
export type Stage = "test" | "review" | "development" | "staging" | "production";

/** A pipeline of apps. */
export interface PipelineRecord extends Timed {
  readonly name: string;
  readonly owner: { readonly id: string; readonly type: "user" | "team" } | null;
}

export const pipelines = entity<PipelineRecord>()({ name: (pipeline) => pipeline.name }, {});

/** An app's place in a pipeline. An app has at most one. */
export interface CouplingRecord extends Timed {
  readonly appId: string;
  readonly pipelineId: string;
  readonly stage: Stage;
}

export const couplings = entity<CouplingRecord>()(
  { app: (coupling) => coupling.appId, pipeline: (coupling) => coupling.pipelineId },
  { apps: "app", pipelines: "pipeline" },
);

/** One target of a promotion. */
export interface PromotionTarget {
  readonly id: string;
  readonly appId: string;
  readonly releaseId: string | null;
  readonly status: "pending" | "succeeded" | "failed";
  readonly errorMessage: string | null;
}

/** A release copied from one app to others. */
export interface PromotionRecord extends Timed {
  readonly pipelineId: string;
  readonly sourceAppId: string;
  readonly sourceReleaseId: string;
  readonly targets: readonly PromotionTarget[];
}

export const promotions = entity<PromotionRecord>()(
  { pipeline: (promotion) => promotion.pipelineId },
  { pipelines: "pipeline" },
);

/** Config vars of a pipeline's stage (`test`, `review`), under `<pipeline id>/<stage>`. */
export interface PipelineConfigRecord extends Stored {
  readonly pipelineId: string;
  readonly stage: string;
  readonly vars: Readonly<Record<string, string>>;
}

export const pipelineConfigs = entity<PipelineConfigRecord>()(
  { pipeline: (config) => config.pipelineId },
  { pipelines: "pipeline" },
);
