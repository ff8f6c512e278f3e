import { planOf } from "../../catalog/addon-services";
import type { Cancel, Clock } from "../../clock";
import type { Ids } from "../../ids";
import type { AddonRecord, TransferScheduleRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import type { DatabaseTransfers } from "./database-transfers";
import { retentionOf } from "./retention";
import { ALL_DAYS, nextRun } from "./schedule-time";

/** PGBackups starts no second backup of a schedule within this time, as when an hour comes twice. */
const LEAST_APART = 12 * 60 * 60 * 1_000;

/** Daily backups, on the instance's clock. */
export class BackupScheduler {
  private readonly timers = new Map<string, Cancel>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly transfers: DatabaseTransfers,
  ) {}

  start(): void {
    for (const schedule of this.store.collection("transferSchedules").all()) this.arm(schedule);
  }

  /** A database has one schedule: a second request changes it. */
  put(addon: AddonRecord, wanted: Pick<TransferScheduleRecord, "name" | "hour" | "timezone">): TransferScheduleRecord {
    const schedules = this.store.collection("transferSchedules");
    const existing = schedules.find("addon", addon.id);
    const now = this.clock.timestamp();
    const { weeks, months } = retentionOf(planOf(addon).tier);
    const schedule = schedules.put({
      ...wanted,
      id: existing?.id ?? this.ids.uuid(),
      addonId: addon.id,
      days: ALL_DAYS,
      retainWeeks: weeks,
      retainMonths: months,
      lastRunAt: existing?.lastRunAt ?? null,
      createdAt: existing?.createdAt ?? now,
      updatedAt: now,
    });
    this.arm(schedule);
    return schedule;
  }

  remove(schedule: TransferScheduleRecord): void {
    this.disarm(schedule.id);
    this.store.collection("transferSchedules").delete(schedule.id);
  }

  close(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  private arm(schedule: TransferScheduleRecord): void {
    this.disarm(schedule.id);
    const last = schedule.lastRunAt === null ? 0 : Date.parse(schedule.lastRunAt) + LEAST_APART;
    const next = nextRun(schedule, Math.max(last, this.clock.now()));
    if (next === undefined) return;
    this.timers.set(
      schedule.id,
      this.clock.at(next, () => this.fire(schedule.id)),
    );
  }

  private disarm(scheduleId: string): void {
    this.timers.get(scheduleId)?.();
    this.timers.delete(scheduleId);
  }

  private fire(scheduleId: string): void {
    const schedules = this.store.collection("transferSchedules");
    const schedule = schedules.update(scheduleId, { lastRunAt: this.clock.timestamp() });
    const addon = schedule && this.store.collection("addons").get(schedule.addonId);
    if (!schedule || !addon) return;
    if (addon.state === "provisioned") this.transfers.capture(addon, schedule.name.replace(/_URL$/, ""), schedule.id);
    this.arm(schedule);
  }
}
