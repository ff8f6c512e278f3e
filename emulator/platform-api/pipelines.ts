import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, PipelineConfigRecord, PipelineRecord } from "../store/entities";
import { mergeVars, type VarChanges } from "./config-vars";
import type { Core } from "./core";

/** Who owns a pipeline. */
type PipelineOwner = NonNullable<PipelineRecord["owner"]>;

/** Pipelines and the config vars of their stages. */
export class Pipelines {
  constructor(private readonly core: Core) {}

  /** Pipelines of the account, of its teams, and without an owner. */
  of(account: AccountRecord): PipelineRecord[] {
    return this.pipelines.all().filter(({ owner }) => {
      return owner === null || owner.id === account.id || this.core.lookup.isMember(account, owner.id);
    });
  }

  /** By id. Heroku also takes the name, but only for reading. */
  find(account: AccountRecord, wanted: string, by: "id" | "id or name" = "id"): PipelineRecord {
    const row = this.of(account).find(({ id, name }) => id === wanted || (by === "id or name" && name === wanted));
    if (row === undefined) throw notFound("pipeline");
    return row;
  }

  create(account: AccountRecord, name: string, owner: PipelineOwner | undefined): PipelineRecord {
    const checked = owner ? this.requireOwner(account, owner) : null;
    this.requireName(name);
    return this.pipelines.put({ ...newRecord(this.core), name, owner: checked });
  }

  change(pipeline: PipelineRecord, name = pipeline.name): PipelineRecord {
    if (name !== pipeline.name) this.requireName(name);
    return this.pipelines.put({ ...pipeline, name, updatedAt: this.core.clock.timestamp() });
  }

  remove(pipeline: PipelineRecord): void {
    this.pipelines.delete(pipeline.id);
  }

  /** The config vars of a stage. */
  config(pipeline: PipelineRecord, stage: string): PipelineConfigRecord {
    if (!["test", "review"].includes(stage)) throw invalidParams(`Stage must be test or review, got "${stage}".`);
    const id = `${pipeline.id}/${stage}`;
    return this.configs.get(id) ?? { id, pipelineId: pipeline.id, stage, vars: {} };
  }

  changeConfig(config: PipelineConfigRecord, changes: VarChanges): PipelineConfigRecord {
    return this.configs.put({ ...config, vars: mergeVars(config.vars, changes) });
  }

  /** The account itself or one of its teams, by id. */
  private requireOwner(account: AccountRecord, { id, type }: PipelineOwner): PipelineOwner {
    if (type === "team") return { id: this.core.lookup.team(account, id).id, type };
    if (id === account.id || id === account.email) return { id: account.id, type };
    throw invalidParams(`Owner must be you or a team of yours, got "${id}".`);
  }

  private requireName(name: string): void {
    if (!/^[a-z][a-z0-9-]{2,29}$/.test(name)) {
      throw invalidParams("Name must start with a letter and can only contain lowercase letters, digits, and dashes.");
    }
    if (this.pipelines.find("name", name)) throw invalidParams(`Name ${name} is already taken`);
  }

  private get pipelines() {
    return this.core.store.collection("pipelines");
  }

  private get configs() {
    return this.core.store.collection("pipelineConfigs");
  }
}
