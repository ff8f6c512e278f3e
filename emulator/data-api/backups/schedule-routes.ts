import { Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { ApiEnv } from "../../http/context";
import { HerokuError } from "../../http/errors";
import type { AccountRecord, TransferScheduleRecord } from "../../store/entities";
import type { Store } from "../../store/store";
import { attachmentName } from "../attachment-name";
import { findService, type ServiceLookup } from "../find-service";
import type { BackupScheduler } from "./backup-scheduler";
import { isTimezone } from "./schedule-time";

const HOUR_RULE = "Invalid value for hour: it must be a whole number from 0 to 23.";
const ScheduleBody = v.object({
  // The CLI sends a string, with a leading zero at times.
  hour: v.pipe(
    v.union([v.number(), v.string()]),
    v.check((hour) => /^\d{1,2}$/.test(String(hour)) && Number(hour) <= 23, HOUR_RULE),
    v.transform(Number),
  ),
  timezone: v.pipe(v.string(), v.check(isTimezone, "Invalid value for timezone: it must be an IANA time zone.")),
  schedule_name: optional(v.string()),
});

/** Routes of backup schedules (`heroku pg:backups:schedule`). */
export function scheduleRoutes(
  lookup: ServiceLookup,
  store: Store,
  scheduler: BackupScheduler,
  url: string,
): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const path = "/client/v11/databases/:db/transfer-schedules";
  const database = (account: AccountRecord, db: string) => findService(lookup, account, db, "heroku-postgresql");
  const view = (schedule: TransferScheduleRecord) => ({
    uuid: schedule.id,
    name: schedule.name,
    callback_url: `${url}/client/v11/databases/${schedule.addonId}/transfer-schedules/${schedule.id}`,
    days: schedule.days,
    hour: schedule.hour,
    timezone: schedule.timezone,
    retain_weeks: schedule.retainWeeks,
    retain_months: schedule.retainMonths,
    created_at: schedule.createdAt,
    updated_at: schedule.updatedAt,
    deleted_at: null,
  });

  routes.get(path, (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    return c.json(store.collection("transferSchedules").by("addon", addon.id).map(view));
  });

  routes.post(path, async (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const { hour, timezone, schedule_name } = await readBody(c, ScheduleBody);
    const name = schedule_name ?? `${attachmentName(store, addon)}_URL`;
    return c.json(view(scheduler.put(addon, { name, hour, timezone })), 201);
  });

  routes.delete(`${path}/:schedule`, (c) => {
    const addon = database(c.var.account, c.req.param("db"));
    const schedule = store.collection("transferSchedules").get(c.req.param("schedule"));
    if (schedule?.addonId !== addon.id) throw new HerokuError(404, "not_found", "Schedule not found.");
    scheduler.remove(schedule);
    return c.json(view(schedule));
  });
  return routes;
}
