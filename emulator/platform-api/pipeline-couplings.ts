import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, AppRecord, CouplingRecord, PipelineRecord, Stage } from "../store/entities";
import type { Core } from "./core";

/** The places of apps in pipelines. */
export class PipelineCouplings {
  constructor(private readonly core: Core) {}

  /** The couplings of the apps that an account may use. */
  of(account: AccountRecord): CouplingRecord[] {
    const apps = this.core.lookup.appIds(account);
    return this.couplings.all().filter(({ appId }) => apps.has(appId));
  }

  ofTeam(account: AccountRecord, team: string): CouplingRecord[] {
    return this.core.lookup.teamApps(account, team).flatMap(({ id }) => this.couplings.by("app", id));
  }

  ofPipeline(pipeline: PipelineRecord): CouplingRecord[] {
    return this.couplings.by("pipeline", pipeline.id);
  }

  ofApp(app: AppRecord): CouplingRecord {
    return required(this.couplings.find("app", app.id));
  }

  find(account: AccountRecord, id: string): CouplingRecord {
    return required(this.of(account).find((row) => row.id === id));
  }

  create(app: AppRecord, pipeline: PipelineRecord, stage: Stage): CouplingRecord {
    if (this.couplings.find("app", app.id)) throw invalidParams(`App ${app.name} is already attached to a pipeline.`);
    return this.couplings.put({ ...newRecord(this.core), appId: app.id, pipelineId: pipeline.id, stage });
  }

  change(coupling: CouplingRecord, stage = coupling.stage): CouplingRecord {
    return this.couplings.put({ ...coupling, stage, updatedAt: this.core.clock.timestamp() });
  }

  remove(coupling: CouplingRecord): void {
    this.couplings.delete(coupling.id);
  }

  private get couplings() {
    return this.core.store.collection("couplings");
  }
}

function required(coupling: CouplingRecord | undefined): CouplingRecord {
  if (coupling === undefined) throw notFound("pipeline coupling");
  return coupling;
}
