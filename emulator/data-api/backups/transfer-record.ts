import type { TransferRecord } from "../../store/entities";

/** What a transfer is for, told from its two ends. */
export type TransferKind = "backup" | "restore" | "copy";

export function kindOf({ fromType, toType }: Pick<TransferRecord, "fromType" | "toType">): TransferKind {
  if (fromType !== "pg_dump") return "restore";
  return toType === "gof3r" ? "backup" : "copy";
}

/** Whether nothing more happens to it. */
export function isFinished(transfer: TransferRecord): boolean {
  return transfer.finishedAt !== null;
}

/** A transfer as the data API shows it; its log only when asked for. */
export function transferView(transfer: TransferRecord, options: { verbose: boolean }) {
  return {
    uuid: transfer.id,
    num: transfer.num,
    from_name: transfer.fromName,
    from_type: transfer.fromType,
    from_url: transfer.fromUrl,
    to_name: transfer.toName,
    to_type: transfer.toType,
    to_url: transfer.toUrl,
    options: transfer.pgbackupsName === null ? {} : { pgbackups_name: transfer.pgbackupsName },
    source_bytes: transfer.sourceBytes,
    processed_bytes: transfer.processedBytes,
    succeeded: transfer.succeeded,
    warnings: transfer.warnings,
    created_at: backupTime(transfer.createdAt),
    started_at: backupTime(transfer.startedAt),
    canceled_at: backupTime(transfer.canceledAt),
    updated_at: backupTime(transfer.updatedAt),
    finished_at: backupTime(transfer.finishedAt),
    deleted_at: backupTime(transfer.deletedAt),
    purged_at: null,
    num_keep: transfer.numKeep,
    ...(transfer.scheduleId === null ? {} : { schedule: { uuid: transfer.scheduleId } }),
    ...(options.verbose ? { logs: transfer.logs.map(logView) } : {}),
  };
}

function logView({ createdAt, level, message }: TransferRecord["logs"][number]) {
  return { created_at: backupTime(createdAt), level, message };
}

/** PGBackups' own way to write a time: `2026-11-22 15:04:05 +0000`. */
export function backupTime(timestamp: string): string;
export function backupTime(timestamp: string | null): string | null;
export function backupTime(timestamp: string | null): string | null {
  return timestamp === null ? null : `${timestamp.slice(0, 19).replace("T", " ")} +0000`;
}
