import { entity, type OfApp, type Stored, type Timed } from "./entity";

/** One line of a transfer's log. */
export interface TransferLog {
  readonly createdAt: string;
  readonly level: string;
  readonly message: string;
}

/** A backup, restore or copy. A time is null until its step is reached. */
export interface TransferRecord extends OfApp {
  /** Counts all kinds of transfers of an app. */
  readonly num: number;
  readonly addonId: string;
  readonly scheduleId: string | null;
  readonly fromName: string;
  readonly fromType: "pg_dump" | "gof3r" | "htcat";
  readonly fromUrl: string;
  readonly toName: string;
  readonly toType: "gof3r" | "pg_restore";
  readonly toUrl: string;
  readonly pgbackupsName: string | null;
  readonly sourceBytes: number;
  readonly processedBytes: number;
  readonly succeeded: boolean | null;
  readonly warnings: number;
  readonly startedAt: string | null;
  readonly canceledAt: string | null;
  readonly finishedAt: string | null;
  readonly deletedAt: string | null;
  readonly numKeep: number;
  readonly logs: readonly TransferLog[];
}

export const transfers = entity<TransferRecord>()(
  { addon: (transfer) => transfer.addonId, app: (transfer) => transfer.appId },
  { addons: "addon" },
);

/** A daily backup of one database. */
export interface TransferScheduleRecord extends Timed {
  readonly addonId: string;
  /** `DATABASE_URL` unless the client named it. */
  readonly name: string;
  /** 0-23 in `timezone`. */
  readonly hour: number;
  /** IANA name. */
  readonly timezone: string;
  readonly days: readonly string[];
  readonly retainWeeks: number | null;
  readonly retainMonths: number | null;
  /** When it last started a backup; null before the first. */
  readonly lastRunAt: string | null;
}

export const transferSchedules = entity<TransferScheduleRecord>()(
  { addon: (schedule) => schedule.addonId },
  { addons: "addon" },
);

/** A public URL of a backup file, which needs no API key; its id is the secret part. */
export interface PublicUrlRecord extends Stored {
  readonly transferId: string;
  readonly expiresAt: string;
}

export const publicUrls = entity<PublicUrlRecord>()({ transfer: (url) => url.transferId }, { transfers: "transfer" });
