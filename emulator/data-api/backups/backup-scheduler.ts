import { planOf } from "../../catalog/addon-services";
import type { Cancel } from "../../clock";
import type { MachineContext } from "../../contract";
import { HerokuError } from "../../http/errors";
import { newRecord } from "../../new-record";
import type { AddonRecord, TransferScheduleRecord } from "../../store/entities";
import type { DatabaseTransfers } from "./database-transfers";
import { retentionOf } from "./retention";
import { ALL_DAYS, nextRun } from "./schedule-time";

/** PGBackups starts no second backup of a schedule within this time, for example when an hour comes twice. */
const LEAST_APART_MS = 12 * 60 * 60 * 1_000;

/** Daily backups, on the instance's clock. */
export class BackupScheduler {
  private readonly timers = new Map<string, Cancel>();

  constructor(
    private readonly context: Pick<MachineContext, "store" | "clock" | "ids">,
    private readonly transfers: DatabaseTransfers,
  ) {}

  start(): void {
    for (const schedule of this.schedules.all()) this.arm(schedule);
  }

  of(addon: AddonRecord): TransferScheduleRecord[] {
    return this.schedules.by("addon", addon.id);
  }

  find(addon: AddonRecord, id: string): TransferScheduleRecord {
    const schedule = this.schedules.get(id);
    if (schedule?.addonId !== addon.id) throw new HerokuError(404, "not_found", "Schedule not found.");
    return schedule;
  }

  /** Creates a database's schedule, or changes it: a database has only one. */
  put(addon: AddonRecord, wanted: Pick<TransferScheduleRecord, "name" | "hour" | "timezone">): TransferScheduleRecord {
    const existing = this.schedules.find("addon", addon.id);
    const fresh = newRecord(this.context);
    const { weeks, months } = retentionOf(planOf(addon).tier);
    const schedule = this.schedules.put({
      ...wanted,
      id: existing?.id ?? fresh.id,
      addonId: addon.id,
      days: ALL_DAYS,
      retainWeeks: weeks,
      retainMonths: months,
      lastRunAt: existing?.lastRunAt ?? null,
      createdAt: existing?.createdAt ?? fresh.createdAt,
      updatedAt: fresh.updatedAt,
    });
    this.arm(schedule);
    return schedule;
  }

  remove(schedule: TransferScheduleRecord): void {
    this.disarm(schedule.id);
    this.schedules.delete(schedule.id);
  }

  close(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  private arm(schedule: TransferScheduleRecord): void {
    this.disarm(schedule.id);
    const { clock } = this.context;
    const earliest = schedule.lastRunAt === null ? 0 : Date.parse(schedule.lastRunAt) + LEAST_APART_MS;
    const next = nextRun(schedule, Math.max(earliest, clock.now()));
    if (next === undefined) return;
    this.timers.set(
      schedule.id,
      clock.at(next, () => this.fire(schedule.id)),
    );
  }

  private disarm(scheduleId: string): void {
    this.timers.get(scheduleId)?.();
    this.timers.delete(scheduleId);
  }

  private fire(scheduleId: string): void {
    const { store, clock } = this.context;
    const schedule = this.schedules.update(scheduleId, { lastRunAt: clock.timestamp() });
    const addon = schedule && store.collection("addons").get(schedule.addonId);
    if (!schedule || !addon) return;
    if (addon.state === "provisioned") this.transfers.capture(addon, schedule.name.replace(/_URL$/, ""), schedule.id);
    this.arm(schedule);
  }

  private get schedules() {
    return this.context.store.collection("transferSchedules");
  }
}
