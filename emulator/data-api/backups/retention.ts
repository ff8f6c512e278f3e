import type { TransferRecord } from "../../store/entities";

/** How long backups are kept. */
export interface Retention {
  /** Weeks for which one scheduled backup each is kept, besides those of the last seven days. */
  weeks: number;
  /** The same in months. */
  months: number;
  /** Newest manual backups that are kept. */
  manual: number;
}

/**
 * What a plan keeps. Seven daily ones always; the other figures are as people remember Dev Center's
 * table and are not confirmed.
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
 * The backups of one schedule that are due to go at `now`: older than a week, and not the oldest one
 * within any of the weeks and months that are kept. That spaces them out the further back they lie.
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

/** The manual backups beyond the `keep` newest. */
export function evictedBackups(backups: readonly TransferRecord[], keep: number): TransferRecord[] {
  return [...backups].sort((a, b) => b.num - a.num).slice(keep);
}

function timeOf(backup: TransferRecord): number {
  return Date.parse(backup.createdAt);
}
