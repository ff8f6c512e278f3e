import { backupHour, timezone } from "../../../validation/rules";
import type { ResourceDefinition } from "../../schema/definition";
import { ruleFault } from "../../schema/faults";

export const backupSchedule = {
  name: "BackupSchedule",
  description:
    "A daily logical backup of a Heroku Postgres database (PGBackups), started within the given hour. Costs nothing " +
    "besides the database. Heroku means it for databases of up to 20 GB. How long backups are kept follows from the " +
    "database's plan. Import it by `<database>` or `<database>/<schedule id>`.",
  inputs: {
    database: {
      type: "string",
      description: "Id or name of the Heroku Postgres add-on. Changing it to another database replaces the schedule.",
      replaces: true,
      synonyms: ["databaseId", "databaseName"],
      fault: (value) => (value === "" ? 'database must be an add-on id or name, got ""' : undefined),
    },
    hour: {
      type: "integer",
      description: "Hour of the day, 0-23, in `timezone`. Heroku picks the minute.",
      fault: ruleFault("hour", backupHour),
    },
    timezone: {
      type: "string",
      description: 'IANA time zone that `hour` is meant in, e.g. "Europe/Berlin" or "UTC".',
      fault: ruleFault("timezone", timezone),
    },
    name: {
      type: "string",
      description:
        "Name of the schedule: the config var of the attachment it is shown under. Changing it replaces the schedule.",
      default: "DATABASE_URL",
      replaces: true,
      fault: (value) =>
        /^[A-Z][A-Z0-9_]*$/.test(value)
          ? undefined
          : `schedule name must be a config var, got "${value}"; e.g. "DATABASE_URL"`,
    },
  },
  outputs: {
    databaseId: { type: "string", description: "Id of the database's add-on.", stable: true },
    databaseName: { type: "string", description: "Name of the database's add-on." },
    scheduleId: { type: "string", description: "Id of the schedule." },
    days: { type: "stringList", description: "Days of the week on which it runs; Heroku's schedules are daily." },
    retainWeeks: {
      type: "integer",
      description: "How many weekly backups Heroku keeps, where the plan says so.",
      optional: true,
    },
    retainMonths: {
      type: "integer",
      description: "How many monthly backups Heroku keeps, where the plan says so.",
      optional: true,
    },
  },
  // Heroku keeps one schedule per database: made first, a renamed one would be the one that is deleted after.
  deleteBeforeReplace: true,
} as const satisfies ResourceDefinition;
