import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AccountRecord, AppTransferRecord } from "../store/entities";
import type { Core } from "./core";

/** Offers apps from one account to another, which accepts or declines. */
export class AppTransfers {
  constructor(private readonly core: Core) {}

  /** The transfers that an account takes part in. */
  of(account: AccountRecord): AppTransferRecord[] {
    return this.transfers.all().filter(({ ownerId, recipientId }) => [ownerId, recipientId].includes(account.id));
  }

  /** By its own id, or by the name of its app. */
  find(account: AccountRecord, wanted: string): AppTransferRecord {
    const app = this.core.store.collection("apps").find("name", wanted);
    const transfer = this.of(account).find(({ id, appId }) => id === wanted || appId === app?.id);
    if (transfer === undefined) throw notFound("app transfer");
    return transfer;
  }

  create(account: AccountRecord, appIdOrName: string, recipientIdOrEmail: string): AppTransferRecord {
    const app = this.core.lookup.app(account, appIdOrName);
    const recipient = this.core.lookup.account(recipientIdOrEmail);
    if (recipient === undefined) throw invalidParams(`Couldn't find the recipient ${recipientIdOrEmail}.`);
    if (app.teamId !== null || app.ownerId !== account.id) throw invalidParams("Only the owner can transfer an app.");
    if (recipient.id === app.ownerId) throw invalidParams("The recipient owns the app already.");
    const ends = { appId: app.id, ownerId: app.ownerId, recipientId: recipient.id };
    return this.transfers.put({ ...newRecord(this.core), ...ends, state: "pending" });
  }

  /** Accepts or declines a transfer. */
  change(transfer: AppTransferRecord, state: AppTransferRecord["state"], account: AccountRecord): AppTransferRecord {
    if (transfer.recipientId !== account.id)
      throw invalidParams("Only the recipient can accept or decline a transfer.");
    if (transfer.state !== "pending") throw invalidParams(`The transfer is ${transfer.state} already.`);
    const { clock, store } = this.core;
    return store.transaction(() => {
      if (state === "accepted") store.collection("apps").update(transfer.appId, { ownerId: transfer.recipientId });
      return this.transfers.put({ ...transfer, state, updatedAt: clock.timestamp() });
    });
  }

  remove(transfer: AppTransferRecord): void {
    this.transfers.delete(transfer.id);
  }

  private get transfers() {
    return this.core.store.collection("appTransfers");
  }
}
