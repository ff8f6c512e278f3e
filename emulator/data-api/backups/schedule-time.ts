/** When a schedule runs: each of `days` at `hour`:00 in `timezone`. */
interface ScheduleTime {
  hour: number;
  timezone: string;
  days: readonly string[];
}

/** The days of the week as schedules name them. */
export const ALL_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const QUARTER = 15 * 60 * 1_000;
/** A week and a day in quarters of an hour: daylight saving time may skip the hour of a weekly schedule. */
const HORIZON = 8 * 24 * 4;

/** Whether this machine knows the IANA time zone. */
export function isTimezone(timezone: string): boolean {
  try {
    formatter(timezone);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first time after `after` (milliseconds since the epoch) at which a schedule runs. Like PGBackups, skips a day on
 * which the hour does not exist. Undefined if no day is chosen.
 */
export function nextRun({ hour, timezone, days }: ScheduleTime, after: number): number | undefined {
  const format = formatter(timezone);
  const wanted = new Set(days);
  // The offsets of all time zones are whole quarters of an hour.
  const first = Math.floor(after / QUARTER) + 1;
  for (let quarter = first; quarter < first + HORIZON; quarter++) {
    const parts = Object.fromEntries(format.formatToParts(quarter * QUARTER).map(({ type, value }) => [type, value]));
    const isTime = Number(parts.hour) === hour && Number(parts.minute) === 0;
    if (isTime && wanted.has(parts.weekday ?? "")) return quarter * QUARTER;
  }
  return undefined;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known) return known;
  const created = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formatters.set(timezone, created);
  return created;
}
