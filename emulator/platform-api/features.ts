import type { FeatureEntry } from "../catalog/features";
import { notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { FeatureRecord } from "../store/entities";
import type { Core } from "./core";

/** The features of apps and accounts. Only those that were changed have a record. */
export class Features {
  constructor(private readonly core: Core) {}

  record(ownerId: string, { name }: FeatureEntry): FeatureRecord | undefined {
    return this.features.by("owner", ownerId).find((feature) => feature.name === name);
  }

  find(entries: readonly FeatureEntry[], idOrName: string): FeatureEntry {
    const entry = entries.find(({ id, name }) => id === idOrName || name === idOrName);
    if (entry === undefined) throw notFound("feature");
    return entry;
  }

  change(ownerId: string, entry: FeatureEntry, enabled: boolean): void {
    const fresh = this.record(ownerId, entry) ?? { ...newRecord(this.core), ownerId, name: entry.name };
    this.features.put({ ...fresh, enabled, updatedAt: this.core.clock.timestamp() });
  }

  private get features() {
    return this.core.store.collection("features");
  }
}
