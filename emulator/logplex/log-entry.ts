import type { LogEntry } from "../machines";

/** Which lines a reader wants. */
interface LogFilter {
  source: string | null;
  /** A dyno (`web.1`) or all of a type (`web`). */
  dyno: string | null;
  type: string | null;
}

/** Logplex's text format: https://devcenter.heroku.com/articles/logging#log-format */
export function formatEntry({ time, source, dyno, message }: LogEntry): string {
  return `${formatTime(time)} ${source}[${dyno}]: ${message}\n`;
}

/**
 * A line for an HTTPS drain, in octet-counted syslog format:
 * https://devcenter.heroku.com/articles/log-drains#https-drains
 */
export function formatFrame({ time, source, dyno, message }: LogEntry): string {
  const line = `<${priority(source, dyno)}>1 ${formatTime(time)} host ${source} ${dyno} - ${message}\n`;
  return `${Buffer.byteLength(line)} ${line}`;
}

export function matches({ source, dyno }: LogEntry, filter: LogFilter): boolean {
  if (filter.source !== null && filter.source !== source) return false;
  return [filter.dyno, filter.type].every((wanted) => !wanted || dyno === wanted || dyno.startsWith(`${wanted}.`));
}

function formatTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "000+00:00");
}

/** Logplex's syslog facilities and severities: local7.info, local3.info and syslog.notice. */
function priority(source: string, dyno: string): number {
  if (source === "app") return 190;
  return dyno === "router" ? 158 : 45;
}
