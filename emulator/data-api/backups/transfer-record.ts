import type { TransferRecord } from "../../store/entities";

/** What a transfer is for. */
type TransferKind = "backup" | "restore" | "copy";

/** The kind of a transfer, which follows from its two ends. */
export function kindOf({ fromType, toType }: Pick<TransferRecord, "fromType" | "toType">): TransferKind {
  if (fromType !== "pg_dump") return "restore";
  return toType === "gof3r" ? "backup" : "copy";
}

export function isFinished(transfer: TransferRecord): boolean {
  return transfer.finishedAt !== null;
}
