import { setTimeout as sleep } from "node:timers/promises";
import { planOf } from "../../catalog/addon-services";
import type { Clock } from "../../clock";
import type { Ids } from "../../ids";
import { SerialQueues } from "../../serial-queue";
import type { AddonRecord, TransferRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import type { BackupFiles } from "./backup-files";
import { evictedBackups, expiredBackups, retentionOf } from "./retention";
import { TransferJournal } from "./transfer-journal";
import { isFinished, kindOf } from "./transfer-record";

const CLOSING_MS = 5_000;

/** The ends of a new transfer. */
export type TransferEnds = Pick<TransferRecord, "fromName" | "fromType" | "fromUrl" | "toName" | "toType" | "toUrl">;

/** Does a transfer's work; answers whether it succeeded. Aborting the signal ends it early. */
export type TransferWork = (
  transfer: TransferRecord,
  journal: TransferJournal,
  signal: AbortSignal,
) => Promise<{ succeeded: boolean; warnings?: number }>;

/** The transfers of every database: their records, and which of them run. Those of one database run one after another. */
export class Transfers {
  private readonly queues = new SerialQueues();
  private readonly running = new Map<
    string,
    { controller: AbortController; journal: TransferJournal; end: Promise<void> }
  >();

  private closed = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly files: BackupFiles,
  ) {}

  /** The transfers of an app that were not deleted, oldest first. */
  ofApp(appId: string): TransferRecord[] {
    return this.store
      .collection("transfers")
      .by("app", appId)
      .filter(({ deletedAt }) => deletedAt === null);
  }

  /** Records a transfer and begins its work in the background. `endsOf` is told its id. */
  begin(
    addon: AddonRecord,
    endsOf: (id: string) => TransferEnds,
    work: TransferWork,
    scheduleId: string | null = null,
  ): TransferRecord {
    const transfers = this.store.collection("transfers");
    const now = this.clock.timestamp();
    const id = this.ids.uuid();
    const transfer = transfers.put({
      ...endsOf(id),
      id,
      appId: addon.appId,
      num: Math.max(0, ...transfers.by("app", addon.appId).map(({ num }) => num)) + 1,
      addonId: addon.id,
      scheduleId,
      pgbackupsName: null,
      sourceBytes: 0,
      processedBytes: 0,
      succeeded: null,
      warnings: 0,
      startedAt: null,
      canceledAt: null,
      finishedAt: null,
      deletedAt: null,
      numKeep: retentionOf(planOf(addon).tier).manual,
      logs: [],
      createdAt: now,
      updatedAt: now,
    });
    void this.queues.run(addon.id, () => this.keep(transfer.id, work));
    return transfer;
  }

  /** Ends a transfer early; undefined when it has ended by itself. */
  cancel(transfer: TransferRecord): TransferRecord | undefined {
    if (isFinished(transfer)) return undefined;
    const canceledAt = this.clock.timestamp();
    const canceled = this.store.collection("transfers").update(transfer.id, { canceledAt, updatedAt: canceledAt });
    this.running.get(transfer.id)?.controller.abort();
    return canceled;
  }

  /** Deletes a transfer with its file. */
  async remove(transfer: TransferRecord): Promise<TransferRecord> {
    this.cancel(transfer);
    const deletedAt = this.clock.timestamp();
    const deleted = this.store.transaction(() => {
      this.store.collection("publicUrls").deleteBy("transfer", transfer.id);
      return this.store.collection("transfers").update(transfer.id, { deletedAt, updatedAt: deletedAt });
    });
    await this.files.remove(transfer.id);
    return deleted ?? transfer;
  }

  /** Removes a database's transfers and its backups. */
  async removeAddon(addonId: string): Promise<void> {
    const transfers = this.store.collection("transfers").by("addon", addonId);
    this.store.transaction(() => this.store.collection("transfers").deleteBy("addon", addonId));
    for (const { id } of transfers) this.running.get(id)?.controller.abort();
    await Promise.all(transfers.map(({ id }) => this.files.remove(id)));
  }

  /** At start: what an earlier process was in the middle of has failed. */
  async failInterrupted(): Promise<void> {
    const all = this.store.collection("transfers").all();
    for (const { id } of all.filter((transfer) => !isFinished(transfer))) {
      const journal = new TransferJournal(this.store, this.clock, id);
      journal.log("Local Heroku was ended while this transfer ran", "error");
      journal.finish({ succeeded: false });
    }
    const whole = all.filter(({ succeeded, deletedAt }) => succeeded && deletedAt === null);
    await this.files.removeAllBut(whole.map(({ id }) => id));
  }

  /** Ends what runs, and waits for that a little; nothing is recorded any more after it. */
  async close(): Promise<void> {
    this.closed = true;
    const running = [...this.running.values()];
    for (const { controller } of running) controller.abort();
    const patience = sleep(CLOSING_MS, undefined, { ref: false });
    await Promise.race([Promise.all(running.map(({ end }) => end)), patience]);
    for (const { journal } of running) journal.stop();
  }

  private async keep(transferId: string, work: TransferWork): Promise<void> {
    if (this.closed) return;
    const journal = new TransferJournal(this.store, this.clock, transferId);
    const controller = new AbortController();
    const end = this.run(transferId, journal, controller.signal, work);
    this.running.set(transferId, { controller, journal, end });
    await end.finally(() => this.running.delete(transferId));
  }

  private async run(
    transferId: string,
    journal: TransferJournal,
    signal: AbortSignal,
    work: TransferWork,
  ): Promise<void> {
    const transfers = this.store.collection("transfers");
    const transfer = transfers.update(transferId, { startedAt: this.clock.timestamp() });
    let result: Awaited<ReturnType<TransferWork>> = { succeeded: false };
    try {
      if (transfer?.canceledAt === null) result = await work(transfer, journal, signal);
    } catch (error) {
      journal.log(error instanceof Error ? error.message : String(error), "error");
    }
    const succeeded = result.succeeded && transfers.get(transferId)?.canceledAt === null;
    journal.finish({ succeeded, warnings: result.warnings ?? 0 });
    if (transfer && succeeded) await this.makeRoom(transfer);
  }

  /** After a new backup, removes those that the plan keeps no longer. */
  private async makeRoom(transfer: TransferRecord): Promise<void> {
    if (kindOf(transfer) !== "backup") return;
    const backups = this.ofApp(transfer.appId).filter(
      (each) =>
        each.addonId === transfer.addonId && kindOf(each) === "backup" && each.scheduleId === transfer.scheduleId,
    );
    const schedule = this.store.collection("transferSchedules").get(transfer.scheduleId ?? "");
    const kept = { weeks: schedule?.retainWeeks ?? 0, months: schedule?.retainMonths ?? 0 };
    const gone = schedule
      ? expiredBackups(backups, kept, this.clock.now())
      : evictedBackups(
          backups.filter(({ succeeded }) => succeeded),
          transfer.numKeep,
        );
    await Promise.all(gone.map((each) => this.remove(each)));
  }
}
