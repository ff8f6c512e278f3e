import { findAddon, postgresService, readyAddon } from "../../heroku/addons";
import type { HerokuClient } from "../../heroku/client";
import { deleteSchedule, listSchedules, postSchedule } from "../../heroku/schedules";
import type { Addon, TransferSchedule } from "../../heroku/types";
import type { InputsOf, StateOf } from "../../schema/definition";
import type { Resource } from "../resource";
import { backupSchedule as definition } from "./definition";

type Inputs = InputsOf<typeof definition>;
type State = StateOf<typeof definition>;

const defaultTimeout = 20 * 60_000;

export const backupSchedule: Resource<typeof definition> = {
  definition,

  async create(inputs, { client, timeout = defaultTimeout }) {
    const addon = await readyAddon(client, inputs.database, postgresService, timeout);
    const schedule = await ensureSchedule(client, addon, inputs);
    return { id: idOf(inputs.database, schedule), state: stateOf(inputs, addon, schedule) };
  },

  async read(id, former, { client }) {
    const [idDatabase = id, idSchedule] = id.split("/", 2);
    const database = former?.database ?? idDatabase;
    const addon = await findAddon(client, database, postgresService);
    const schedules = addon && (await listSchedules(client, addon.id));
    if (!schedules) return undefined;
    const schedule = pick(schedules, idSchedule, former?.name);
    if (!schedule) return undefined;
    const inputs = {
      database,
      hour: Number(schedule.hour),
      timezone: schedule.timezone,
      name: former && sameName(schedule, former.name) ? former.name : schedule.name,
    };
    return { id: idOf(database, schedule), inputs, state: stateOf(inputs, addon, schedule) };
  },

  async update(_id, inputs, _former, { client, timeout = defaultTimeout }) {
    const addon = await readyAddon(client, inputs.database, postgresService, timeout);
    return stateOf(inputs, addon, await ensureSchedule(client, addon, inputs));
  },

  async delete(id, former, { client }) {
    const schedule = former.scheduleId ?? id.split("/")[1] ?? "";
    await deleteSchedule(client, former.databaseId ?? former.database, schedule);
  },
};

function idOf(database: string, schedule: TransferSchedule): string {
  return `${database}/${schedule.uuid}`;
}

function stateOf(inputs: Inputs, addon: Addon, schedule: TransferSchedule): State {
  return {
    ...inputs,
    databaseId: addon.id,
    databaseName: addon.name,
    scheduleId: schedule.uuid,
    days: schedule.days ?? [],
    retainWeeks: schedule.retain_weeks ?? undefined,
    retainMonths: schedule.retain_months ?? undefined,
  };
}

/**
 * Posts the schedule and believes what can be read afterwards. Whether a POST changes the schedule of that name or
 * adds another is documented nowhere, so any other one of that name is removed.
 */
async function ensureSchedule(client: HerokuClient, addon: Addon, inputs: Inputs): Promise<TransferSchedule> {
  await postSchedule(client, addon.id, inputs);
  const sameNamed = ((await listSchedules(client, addon.id)) ?? []).filter((found) => sameName(found, inputs.name));
  const [wanted] = sameNamed.filter(
    ({ hour, timezone }) => Number(hour) === inputs.hour && timezone === inputs.timezone,
  );
  if (!wanted) {
    const found = sameNamed.map(({ hour, timezone }) => `${hour}:00 ${timezone}`).join(", ") || "no schedule";
    throw new Error(
      `backup schedule "${inputs.name}" of ${addon.name} is not what was asked for (${inputs.hour}:00 ` +
        `${inputs.timezone}), got ${found}; check the time zone with \`heroku pg:backups:schedules\``,
    );
  }
  for (const stale of sameNamed.filter(({ uuid }) => uuid !== wanted.uuid)) {
    await deleteSchedule(client, addon.id, stale.uuid);
  }
  return wanted;
}

/** One that was removed and made again by hand has a new id and the same name. An import need not name a lone one. */
function pick(schedules: TransferSchedule[], uuid: string | undefined, name: string | undefined) {
  const byId = schedules.find((schedule) => schedule.uuid === uuid);
  const byName = schedules.find((schedule) => sameName(schedule, name ?? definition.inputs.name.default));
  const lone = uuid === undefined && name === undefined && schedules.length === 1 ? schedules[0] : undefined;
  return byId ?? byName ?? lone;
}

/** Heroku's CLI matches names of schedules whatever their case. */
function sameName(schedule: TransferSchedule, name: string): boolean {
  return schedule.name.toLowerCase() === name.toLowerCase();
}
