import { derivedId } from "../ids";
import type { PromotionRecord, PromotionTarget, ReleasedImage, ReleaseRecord } from "../store/entities";
import type { Core } from "./core";
import type { Releases } from "./releases";

/** Copies a release's code from one app to others; config vars stay each app's own. */
export class Promotions {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly core: Core,
    private readonly releases: Releases,
  ) {}

  /** Works on a promotion's pending targets in the background. */
  start(promotion: PromotionRecord): void {
    const run: Promise<void> = this.promote(promotion.id).finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Takes up at start what an earlier process left. */
  resume(): void {
    for (const promotion of this.core.store.collection("promotions").all()) {
      if (promotion.targets.some(({ status }) => status === "pending")) this.start(promotion);
    }
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async promote(id: string): Promise<void> {
    const promotion = this.core.store.collection("promotions").get(id);
    for (const target of promotion?.targets ?? []) {
      if (target.status === "pending" && promotion) await this.promoteTo(promotion, target);
    }
  }

  private async promoteTo(promotion: PromotionRecord, target: PromotionTarget): Promise<void> {
    try {
      const source = this.core.store.collection("releases").get(promotion.sourceReleaseId);
      if (source === undefined) throw new Error("The release to promote is gone.");
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
    if (from === undefined || to === undefined) throw new Error("The app is gone.");
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
    const promotions = this.core.store.collection("promotions");
    const promotion = promotions.get(promotionId);
    if (promotion === undefined) return;
    const targets = promotion.targets.map((target) => (target.id === settled.id ? settled : target));
    promotions.put({ ...promotion, targets, updatedAt: this.core.clock.timestamp() });
  }
}
