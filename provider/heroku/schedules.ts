import type { HerokuClient } from "./client";
import { isGone } from "./errors";
import type { TransferSchedule } from "./types";

/** What a schedule is to be. */
export interface ScheduleRequest {
  name: string;
  hour: number;
  timezone: string;
}

const path = (database: string) => `/client/v11/databases/${encodeURIComponent(database)}`;

/** GET transfer-schedules; undefined when the database itself is gone. */
export async function listSchedules(client: HerokuClient, database: string): Promise<TransferSchedule[] | undefined> {
  try {
    return await client.json<TransferSchedule[]>("data", "GET", `${path(database)}/transfer-schedules`);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * POST transfer-schedules, which makes a schedule or changes the one of that name. The hour goes as a string, as
 * Heroku's own CLI sends it. Repeating the request is safe, since the caller checks afterwards what there is.
 */
export async function postSchedule(client: HerokuClient, database: string, request: ScheduleRequest): Promise<void> {
  await client.json("data", "POST", `${path(database)}/transfer-schedules`, {
    body: { schedule_name: request.name, hour: String(request.hour), timezone: request.timezone },
    repeatable: true,
  });
}

/** DELETE of a schedule; one that is gone already is as good. */
export async function deleteSchedule(client: HerokuClient, database: string, uuid: string): Promise<void> {
  try {
    await client.json("data", "DELETE", `${path(database)}/transfer-schedules/${encodeURIComponent(uuid)}`);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
