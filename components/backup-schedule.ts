import * as pulumi from "@pulumi/pulumi";
import * as native from "@skechwime/heroku-native";
import { DEFAULTS } from "../validation/defaults";
import type { Issue } from "../validation/issue";
import { backupHour, timezone } from "../validation/rules";
import { assertValid, check } from "./support/valid-arguments";

/** Arguments of {@link BackupSchedule}. */
export interface BackupScheduleArgs {
  /** Id or name of the Heroku Postgres add-on. Changing it replaces the schedule; existing backups stay. */
  database: pulumi.Input<string>;
  /** Hour in `timezone`, 0 to 23, in which the daily backup starts. */
  hour: pulumi.Input<number>;
  /** IANA time zone, e.g. "Europe/Berlin". @default "UTC" */
  timezone?: pulumi.Input<string>;
}

/** What is wrong with plain arguments of {@link BackupSchedule}. */
export function backupScheduleIssues(args: Partial<BackupScheduleArgs>): Issue[] {
  return [...check("hour", args.hour, backupHour), ...check("timezone", args.timezone, timezone)];
}

/**
 * A daily logical backup of a Heroku Postgres database. The database's plan decides how long PGBackups keeps it.
 *
 * ```ts
 * new BackupSchedule("backups", { database: database.id, hour: 3, timezone: "Europe/Berlin" });
 * ```
 *
 * Creates one transfer schedule. Costs nothing. PGBackups is meant for databases of up to 20 GB under moderate load.
 */
export class BackupSchedule extends pulumi.ComponentResource {
  /** When the daily backup starts, e.g. `03:00 Europe/Berlin`. */
  readonly schedule: pulumi.Output<string>;

  constructor(name: string, args: BackupScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
    assertValid("BackupSchedule", backupScheduleIssues(args));
    super("skechwime:components:BackupSchedule", name, {}, opts);

    const schedule = new native.BackupSchedule(
      name,
      { database: args.database, hour: args.hour, timezone: args.timezone ?? DEFAULTS.timezone },
      { parent: this },
    );

    this.schedule = pulumi
      .all([schedule.hour, schedule.timezone])
      .apply(([hour, zone]) => `${String(hour).padStart(2, "0")}:00 ${zone}`);
    this.registerOutputs({ schedule: this.schedule });
  }
}
