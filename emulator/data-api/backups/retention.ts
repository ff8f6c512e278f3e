import type { TransferRecord } from "../../store/entities";

/** How long backups are kept. */
interface Retention {
  /** For how many weeks one scheduled backup each is kept, besides those of the last seven days. */
  weeks: number;
  /** The same in months. */
  months: number;
  /** How many of the newest manual backups are kept. */
  manual: number;
}

/**
 * The retention of a plan's tier. Every tier keeps seven daily backups; the other figures are from users' memory of Dev
 * Center's table and are not confirmed.
 */
export function retentionOf(tier: string): Retention {
  if (tier === "premium") return { weeks: 8, months: 12, manual: 50 };
  if (tier === "standard") return { weeks: 4, months: 0, manual: 25 };
  return { weeks: 1, months: 0, manual: 25 };
}

const DAY = 24 * 60 * 60 * 1_000;
const WEEK = 7 * DAY;
const MONTH = 30 * DAY;

/**
 * The backups of one schedule to remove at `now`: those older than a week that are not the oldest one within any of the
 * weeks and months that are kept. So backups are further apart the older they are.
 */
export function expiredBackups(
  backups: readonly TransferRecord[],
  { weeks, months }: Pick<Retention, "weeks" | "months">,
  now: number,
): TransferRecord[] {
  const oldestFirst = [...backups].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  const spans = [
    ...Array.from({ length: weeks + 1 }, (_, index) => (index + 1) * WEEK),
    ...Array.from({ length: months }, (_, index) => (index + 1) * MONTH),
  ];
  const kept = new Set(spans.map((span) => oldestFirst.find((backup) => timeOf(backup) > now - span)?.id));
  return oldestFirst.filter((backup) => timeOf(backup) < now - WEEK && !kept.has(backup.id));
}

/** All manual backups but the `keep` newest ones. */
export function evictedBackups(backups: readonly TransferRecord[], keep: number): TransferRecord[] {
  return [...backups].sort((a, b) => b.num - a.num).slice(keep);
}

function timeOf(backup: TransferRecord): number {
  return Date.parse(backup.createdAt);
}
