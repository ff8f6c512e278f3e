import { type Answer, refusal, type ScriptedHeroku, type Seen } from "./scripted-heroku";

export interface ScriptedAddon {
  id: string;
  name: string;
  plan: string;
  state: string;
}

const waitPath = (addon: ScriptedAddon) =>
  addon.plan.startsWith("heroku-redis:")
    ? `/redis/v0/databases/${addon.id}/wait`
    : `/client/v11/databases/${addon.id}/wait_status`;

/** Scripts an add-on that is provisioned and ready, found by id and by name. */
export function scriptAddon(heroku: ScriptedHeroku, plan: string, given: Partial<ScriptedAddon> = {}): ScriptedAddon {
  const addon: ScriptedAddon = {
    id: "01234567-89ab-4def-8123-456789abcdef",
    name: "round-12345",
    plan,
    state: "provisioned",
    ...given,
  };
  const answer = () => ({ body: { ...addon, plan: { name: addon.plan } } });
  heroku
    .on(`GET /addons/${addon.id}`, answer)
    .on(`GET /addons/${addon.name}`, answer)
    .on(`GET ${waitPath(addon)}`, { body: { message: "available", "waiting?": false } });
  return addon;
}

/** Scripts the readiness of an add-on's service, one answer after another. */
export function scriptReadiness(heroku: ScriptedHeroku, addon: ScriptedAddon, ...answers: Answer[]): void {
  heroku.on(`GET ${waitPath(addon)}`, ...answers);
}

export interface Schedule {
  uuid: string;
  name: string;
  hour: number | string;
  timezone: string;
  days?: string[];
  retain_weeks?: number | null;
  retain_months?: number | null;
}

/** Scripts the schedules of a database; a POST changes the one of that name, or adds another when told so. */
export function scriptSchedules(
  heroku: ScriptedHeroku,
  addon: ScriptedAddon,
  schedules: Schedule[],
  adds = false,
): void {
  const path = `/client/v11/databases/${addon.id}/transfer-schedules`;
  const remove = (schedule: Schedule) => {
    heroku.on(`DELETE ${path}/${schedule.uuid}`, () => {
      const index = schedules.indexOf(schedule);
      if (index < 0) return refusal(404, "not_found", "Couldn't find that schedule.");
      schedules.splice(index, 1);
      return { body: schedule };
    });
  };
  schedules.forEach(remove);
  heroku.on(`GET ${path}`, () => ({ body: schedules }));
  heroku.on(`POST ${path}`, ({ body }: Seen) => {
    const { schedule_name: name, hour, timezone } = Object(body);
    const found = adds ? undefined : schedules.find((schedule) => schedule.name === name);
    const schedule = found ?? { uuid: `schedule-${schedules.length + 1}`, name, hour, timezone };
    Object.assign(schedule, { hour, timezone });
    if (!found) {
      schedules.push(schedule);
      remove(schedule);
    }
    return { status: 201, body: schedule };
  });
}

/** Scripts the settings of an add-on's service; a PATCH changes them. */
export function scriptSettings(
  heroku: ScriptedHeroku,
  addon: ScriptedAddon,
  settings: Record<string, { value: unknown; default?: unknown }>,
): void {
  const service = addon.plan.startsWith("heroku-redis:") ? "redis" : "postgres";
  const path = `/${service}/v0/databases/${addon.id}/config`;
  heroku.on(`GET ${path}`, () => ({ body: settings }));
  heroku.on(`PATCH ${path}`, ({ body }: Seen) => {
    for (const [name, value] of Object.entries(Object(body))) settings[name] = { ...settings[name], value };
    return { body: settings };
  });
}
