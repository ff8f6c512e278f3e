import { invalidParams, notFound } from "../http/errors";
import { newRecord } from "../new-record";
import type { AppRecord, LogDrainRecord } from "../store/entities";
import type { Core } from "./core";

/** Heroku's limit for an app (Dev Center, "Log Drains"). */
const MOST_DRAINS = 5;

const SCHEMES = ["http", "https", "syslog", "syslog+tls"];

/** Where apps' logs are sent. */
export class LogDrains {
  constructor(private readonly core: Core) {}

  of(app: AppRecord): LogDrainRecord[] {
    return this.drains.by("app", app.id);
  }

  /** By id, URL or token. */
  find(app: AppRecord, wanted: string): LogDrainRecord {
    const row = this.of(app).find(({ id, url, token }) => [id, url, token].includes(wanted));
    if (row === undefined) throw notFound("log drain", "No such drain exists.");
    return row;
  }

  create(app: AppRecord, url: string): LogDrainRecord {
    requireUrl(url);
    const rows = this.of(app);
    if (rows.some((row) => row.url === url)) throw invalidParams("Url has already been taken");
    if (rows.length >= MOST_DRAINS)
      throw invalidParams(`You've reached the limit of ${MOST_DRAINS} drains for this app.`);
    return this.drains.put({ ...newRecord(this.core), appId: app.id, url, token: `d.${this.core.ids.uuid()}` });
  }

  remove(drain: LogDrainRecord): void {
    this.drains.delete(drain.id);
  }

  private get drains() {
    return this.core.store.collection("logDrains");
  }
}

function requireUrl(url: string): void {
  const scheme = /^([a-z][a-z+]*):\/\/[^/]/.exec(url)?.[1];
  if (scheme === undefined || !SCHEMES.includes(scheme) || !URL.canParse(url)) {
    throw invalidParams("Url is invalid; it must begin with https://, http://, syslog+tls:// or syslog://.");
  }
}
