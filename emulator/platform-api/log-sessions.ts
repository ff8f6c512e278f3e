import { newRecord } from "../new-record";
import type { AppRecord, LogSessionRecord } from "../store/entities";
import type { Core } from "./core";

/** Logplex keeps no more lines (Dev Center, "Logging"). */
const MOST_LINES = 1_500;
const DEFAULT_LINES = 100;

/** What a reader wants of an app's log. */
interface LogSessionRequest {
  readonly lines?: number | undefined;
  readonly tail?: boolean | undefined;
  readonly dyno?: string | undefined;
  readonly type?: string | undefined;
  readonly source?: string | undefined;
}

/** Readers' requests for apps' logs. */
export class LogSessions {
  constructor(private readonly core: Core) {}

  create(app: AppRecord, request: LogSessionRequest): LogSessionRecord {
    return this.core.store.collection("logSessions").put({
      ...newRecord(this.core),
      appId: app.id,
      lines: Math.min(request.lines ?? DEFAULT_LINES, MOST_LINES),
      tail: request.tail ?? false,
      dyno: request.dyno ?? null,
      type: request.type ?? null,
      source: request.source ?? null,
    });
  }
}
