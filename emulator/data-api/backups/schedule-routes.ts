import { type Context, Hono } from "hono";
import * as v from "valibot";
import { optional, readBody } from "../../http/body";
import type { Api, ApiEnv } from "../../http/context";
import { findAddon } from "../../http/find-resource";
import { originOf } from "../../http/origin";
import type { TransferScheduleRecord } from "../../store/entities";
import { attachmentName } from "../attachment-name";
import type { DataServices } from "../data-services";
import { isTimezone } from "./schedule-time";

const SCHEDULES = "/client/v11/databases/:addon/transfer-schedules";

const HOUR_RULE = "Invalid value for hour: it must be a whole number from 0 to 23.";
const CreateBody = v.object({
  // The CLI sends a string, sometimes with a leading zero.
  hour: v.pipe(
    v.union([v.number(), v.string()]),
    v.check((hour) => /^\d{1,2}$/.test(String(hour)) && Number(hour) <= 23, HOUR_RULE),
    v.transform(Number),
  ),
  timezone: v.pipe(v.string(), v.check(isTimezone, "Invalid value for timezone: it must be an IANA time zone.")),
  schedule_name: optional(v.string()),
});

/** Routes of backup schedules (`heroku pg:backups:schedule`). */
export function scheduleRoutes(data: DataServices): Api {
  const routes = new Hono<ApiEnv>();
  const { context, scheduler } = data;
  const ofDatabase = findAddon(context, "heroku-postgresql");
  const view = (c: Context) => (schedule: TransferScheduleRecord) => scheduleView(schedule, originOf(c));

  routes.get(SCHEDULES, ofDatabase, (c) => c.json(scheduler.of(c.var.addon).map(view(c))));

  routes.post(SCHEDULES, ofDatabase, async (c) => {
    const { hour, timezone, schedule_name } = await readBody(c, CreateBody);
    const name = schedule_name ?? `${attachmentName(context.store, c.var.addon)}_URL`;
    return c.json(view(c)(scheduler.put(c.var.addon, { name, hour, timezone })), 201);
  });

  routes.delete(`${SCHEDULES}/:schedule`, ofDatabase, (c) => {
    const schedule = scheduler.find(c.var.addon, c.req.param("schedule"));
    scheduler.remove(schedule);
    return c.json(view(c)(schedule));
  });

  return routes;
}

function scheduleView(schedule: TransferScheduleRecord, origin: string) {
  return {
    uuid: schedule.id,
    name: schedule.name,
    callback_url: `${origin}/client/v11/databases/${schedule.addonId}/transfer-schedules/${schedule.id}`,
    days: schedule.days,
    hour: schedule.hour,
    timezone: schedule.timezone,
    retain_weeks: schedule.retainWeeks,
    retain_months: schedule.retainMonths,
    created_at: schedule.createdAt,
    updated_at: schedule.updatedAt,
    deleted_at: null,
  };
}
