import { setTimeout as sleep } from "node:timers/promises";
import { planOf } from "../../catalog/addon-services";
import type { MachineContext } from "../../contract";
import { HerokuError } from "../../http/errors";
import { newRecord } from "../../new-record";
import { SerialQueues } from "../../serial-queue";
import type { AddonRecord, AppRecord, TransferRecord } from "../../store/entities";
import type { BackupFiles } from "./backup-files";
import { evictedBackups, expiredBackups, retentionOf } from "./retention";
import { TransferJournal } from "./transfer-journal";
import { isFinished, kindOf } from "./transfer-record";

const CLOSING_MS = 5_000;

/** The ends of a new transfer. */
type TransferEnds = Pick<TransferRecord, "fromName" | "fromType" | "fromUrl" | "toName" | "toType" | "toUrl">;

/** Does a transfer's work and returns whether it succeeded. Aborting the signal ends it early. */
type TransferWork = (
  transfer: TransferRecord,
  journal: TransferJournal,
  signal: AbortSignal,
) => Promise<{ succeeded: boolean; warnings?: number }>;

/** The transfers of all databases. Those of one database run one after another. */
export class Transfers {
  private readonly queues = new SerialQueues();
  private readonly running = new Map<
    string,
    { controller: AbortController; journal: TransferJournal; end: Promise<void> }
  >();

  private closed = false;

  constructor(
    private readonly context: Pick<MachineContext, "store" | "clock" | "ids">,
    private readonly files: BackupFiles,
  ) {}

  /** The transfers of an app that were not deleted, oldest first. */
  of(appId: string): TransferRecord[] {
    return this.transfers.by("app", appId).filter(({ deletedAt }) => deletedAt === null);
  }

  /** By number or id. A deleted transfer is 410, an unknown one 404. */
  find(app: AppRecord, wanted: string): TransferRecord {
    const rows = this.transfers.by("app", app.id);
    const transfer = rows.find(({ id, num }) => id === wanted || String(num) === wanted);
    if (!transfer) throw new HerokuError(404, "not_found", `Transfer ${wanted} does not exist.`);
    if (transfer.deletedAt !== null) throw new HerokuError(410, "gone", `Transfer ${wanted} was deleted.`);
    return transfer;
  }

  /** Records a transfer and starts its work in the background. `endsOf` receives its id. */
  create(
    addon: AddonRecord,
    endsOf: (id: string) => TransferEnds,
    work: TransferWork,
    scheduleId: string | null = null,
  ): TransferRecord {
    const fresh = newRecord(this.context);
    const transfer = this.transfers.put({
      ...endsOf(fresh.id),
      ...fresh,
      appId: addon.appId,
      num: Math.max(0, ...this.transfers.by("app", addon.appId).map(({ num }) => num)) + 1,
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
    });
    void this.queues.run(addon.id, () => this.track(transfer.id, work));
    return transfer;
  }

  /** Ends a transfer early; undefined if it has finished. */
  cancel(transfer: TransferRecord): TransferRecord | undefined {
    if (isFinished(transfer)) return undefined;
    const canceledAt = this.context.clock.timestamp();
    const canceled = this.transfers.update(transfer.id, { canceledAt, updatedAt: canceledAt });
    this.running.get(transfer.id)?.controller.abort();
    return canceled;
  }

  /** Deletes a transfer with its file. The record stays, so that its number is not used again. */
  async remove(transfer: TransferRecord): Promise<TransferRecord> {
    const { store, clock } = this.context;
    this.cancel(transfer);
    const deletedAt = clock.timestamp();
    const deleted = store.transaction(() => {
      store.collection("publicUrls").deleteBy("transfer", transfer.id);
      return this.transfers.update(transfer.id, { deletedAt, updatedAt: deletedAt });
    });
    await this.files.remove(transfer.id);
    return deleted ?? transfer;
  }

  /** Removes a database's transfers and its backups. */
  async removeAddon(addonId: string): Promise<void> {
    const transfers = this.transfers.by("addon", addonId);
    this.context.store.transaction(() => this.transfers.deleteBy("addon", addonId));
    for (const { id } of transfers) this.running.get(id)?.controller.abort();
    await Promise.all(transfers.map(({ id }) => this.files.remove(id)));
  }

  /** At start: records as failed what an earlier process did not finish. */
  async failInterrupted(): Promise<void> {
    const all = this.transfers.all();
    for (const { id } of all.filter((transfer) => !isFinished(transfer))) {
      const journal = this.journal(id);
      journal.log("Local Heroku was stopped while this transfer ran", "error");
      journal.finish({ succeeded: false });
    }
    const complete = all.filter(({ succeeded, deletedAt }) => succeeded && deletedAt === null);
    await this.files.removeAllBut(complete.map(({ id }) => id));
  }

  /** Aborts what runs and waits a few seconds for it; nothing is recorded afterwards. */
  async close(): Promise<void> {
    this.closed = true;
    const running = [...this.running.values()];
    for (const { controller } of running) controller.abort();
    const timeout = sleep(CLOSING_MS, undefined, { ref: false });
    await Promise.race([Promise.all(running.map(({ end }) => end)), timeout]);
    for (const { journal } of running) journal.stop();
  }

  private async track(transferId: string, work: TransferWork): Promise<void> {
    if (this.closed) return;
    const journal = this.journal(transferId);
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
    const transfer = this.transfers.update(transferId, { startedAt: this.context.clock.timestamp() });
    let result: Awaited<ReturnType<TransferWork>> = { succeeded: false };
    try {
      if (transfer?.canceledAt === null) result = await work(transfer, journal, signal);
    } catch (error) {
      journal.log(error instanceof Error ? error.message : String(error), "error");
    }
    const succeeded = result.succeeded && this.transfers.get(transferId)?.canceledAt === null;
    journal.finish({ succeeded, warnings: result.warnings ?? 0 });
    if (transfer && succeeded) await this.makeRoom(transfer);
  }

  /** After a new backup, removes the ones that the plan no longer keeps. */
  private async makeRoom(transfer: TransferRecord): Promise<void> {
    if (kindOf(transfer) !== "backup") return;
    const backups = this.of(transfer.appId).filter(
      (each) =>
        each.addonId === transfer.addonId && kindOf(each) === "backup" && each.scheduleId === transfer.scheduleId,
    );
    const schedule = this.context.store.collection("transferSchedules").get(transfer.scheduleId ?? "");
    const kept = { weeks: schedule?.retainWeeks ?? 0, months: schedule?.retainMonths ?? 0 };
    const excess = schedule
      ? expiredBackups(backups, kept, this.context.clock.now())
      : evictedBackups(
          backups.filter(({ succeeded }) => succeeded),
          transfer.numKeep,
        );
    await Promise.all(excess.map((each) => this.remove(each)));
  }

  private journal(transferId: string): TransferJournal {
    return new TransferJournal(this.context.store, this.context.clock, transferId);
  }

  private get transfers() {
    return this.context.store.collection("transfers");
  }
}
