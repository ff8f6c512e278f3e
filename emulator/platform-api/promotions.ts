import { invalidParams, notFound } from "../http/errors";
import { derivedId } from "../ids";
import { newRecord } from "../new-record";
import type {
  AccountRecord,
  AppRecord,
  PipelineRecord,
  PromotionRecord,
  PromotionTarget,
  ReleasedImage,
  ReleaseRecord,
} from "../store/entities";
import type { Core } from "./core";
import type { Pipelines } from "./pipelines";
import type { Releases } from "./releases";

/** Promotes a release's code from one app to others in the background. Config vars stay each app's own. */
export class Promotions {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
    private readonly pipelines: Pipelines,
  ) {}

  find(account: AccountRecord, id: string): PromotionRecord {
    const promotion = this.promotions.get(id);
    if (promotion === undefined) throw notFound("pipeline promotion");
    this.pipelines.find(account, promotion.pipelineId);
    return promotion;
  }

  create(
    pipeline: PipelineRecord,
    source: AppRecord,
    targets: readonly AppRecord[],
    wantedRelease?: string,
  ): PromotionRecord {
    for (const app of [source, ...targets]) this.requireCoupled(app, pipeline);
    if (targets.length === 0) throw invalidParams("A promotion needs at least one target.");
    if (targets.some(({ id }) => id === source.id)) throw invalidParams("An app cannot be promoted to itself.");
    const release = wantedRelease ? this.releases.find(source, wantedRelease) : this.releases.current(source);
    const { images, slugId } = this.releases.codeOf(release);
    if (release === undefined || (slugId === null && Object.keys(images).length === 0)) {
      throw invalidParams(`App ${source.name} has no release with code to promote.`);
    }
    const promotion = this.promotions.put({
      ...newRecord(this.core),
      pipelineId: pipeline.id,
      sourceAppId: source.id,
      sourceReleaseId: release.id,
      targets: targets.map((app) => ({
        id: this.core.ids.uuid(),
        appId: app.id,
        releaseId: null,
        status: "pending",
        errorMessage: null,
      })),
    });
    this.start(promotion);
    return promotion;
  }

  /** Continues at start what an earlier process left. */
  resume(): void {
    for (const promotion of this.promotions.all()) {
      if (promotion.targets.some(({ status }) => status === "pending")) this.start(promotion);
    }
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private start({ id }: PromotionRecord): void {
    const run: Promise<void> = this.promote(id).finally(() => this.running.delete(run));
    this.running.add(run);
  }

  private async promote(id: string): Promise<void> {
    const promotion = this.promotions.get(id);
    for (const target of promotion?.targets ?? []) {
      if (target.status === "pending" && promotion) await this.promoteTo(promotion, target);
    }
  }

  private async promoteTo(promotion: PromotionRecord, target: PromotionTarget): Promise<void> {
    try {
      const source = this.core.store.collection("releases").get(promotion.sourceReleaseId);
      if (source === undefined) throw new Error("The release to promote was removed.");
      for (const [type, { imageId }] of Object.entries(source.images)) {
        await this.core.machines.images.copy(imageId, type, source.appId, target.appId);
      }
      this.core.store.transaction(() => {
        const release = this.release(source, target.appId);
        this.settle(promotion.id, { ...target, releaseId: release.id, status: "succeeded" });
      });
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      this.settle(promotion.id, { ...target, status: "failed", errorMessage });
    }
  }

  private release(source: ReleaseRecord, appId: string): ReleaseRecord {
    const apps = this.core.store.collection("apps");
    const from = apps.get(source.appId);
    const to = apps.update(appId, { buildStackName: source.stackName });
    if (from === undefined || to === undefined) throw new Error("The app was removed.");
    const owner = this.core.store.collection("accounts").get(to.ownerId);
    const images = Object.entries(source.images).map(([type, image]): [string, ReleasedImage] => [
      type,
      { ...image, dockerImageId: derivedId("docker-image", appId, type, image.imageId) },
    ]);
    return this.releases.create(to, {
      description: `Promote ${from.name} v${source.version}`,
      user: owner ?? source.user,
      code: { images: Object.fromEntries(images), slugId: source.slugId },
      runsReleasePhase: true,
    });
  }

  private settle(promotionId: string, settled: PromotionTarget): void {
    const promotion = this.promotions.get(promotionId);
    if (promotion === undefined) return;
    const targets = promotion.targets.map((target) => (target.id === settled.id ? settled : target));
    this.promotions.put({ ...promotion, targets, updatedAt: this.core.clock.timestamp() });
  }

  private requireCoupled(app: AppRecord, pipeline: PipelineRecord): void {
    const coupling = this.core.store.collection("couplings").find("app", app.id);
    if (coupling?.pipelineId !== pipeline.id) throw invalidParams(`App ${app.name} is not in this pipeline.`);
  }

  private get promotions() {
    return this.core.store.collection("promotions");
  }
}
