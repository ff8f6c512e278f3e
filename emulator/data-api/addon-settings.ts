import type { MachineContext } from "../contract";
import { newRecord } from "../new-record";
import type { AddonRecord, AddonSettingsRecord } from "../store/entities";

/** The settings of databases and key-value stores that users changed. */
export class AddonSettings {
  constructor(private readonly context: Pick<MachineContext, "store" | "clock" | "ids">) {}

  of({ id }: AddonRecord): AddonSettingsRecord["values"] {
    return this.settings.get(id)?.values ?? {};
  }

  change({ id }: AddonRecord, changed: AddonSettingsRecord["values"]): void {
    const before = this.settings.get(id);
    const fresh = newRecord(this.context, id);
    const values = { ...before?.values, ...changed };
    this.settings.put({ ...fresh, createdAt: before?.createdAt ?? fresh.createdAt, values });
  }

  private get settings() {
    return this.context.store.collection("addonSettings");
  }
}
