// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link BackupSchedule}. */
export interface BackupScheduleArgs {
  /** Id or name of the Heroku Postgres add-on. Changing it to another database replaces the schedule. */
  database: pulumi.Input<string>;
  /** Hour of the day, 0-23, in `timezone`. Heroku picks the minute. */
  hour: pulumi.Input<number>;
  /** IANA time zone that `hour` is meant in, e.g. "Europe/Berlin" or "UTC". */
  timezone: pulumi.Input<string>;
  /**
   * Name of the schedule: the config var of the attachment it is shown under. Changing it replaces the schedule.
   * @default "DATABASE_URL"
   */
  name?: pulumi.Input<string>;
}

const properties = [
  "database",
  "hour",
  "timezone",
  "name",
  "databaseId",
  "databaseName",
  "scheduleId",
  "days",
  "retainWeeks",
  "retainMonths",
];

/**
 * A daily logical backup of a Heroku Postgres database (PGBackups), started within the given hour. Costs nothing
 * besides the database. Heroku means it for databases of up to 20 GB. How long backups are kept follows from the
 * database's plan. Import it by `<database>` or `<database>/<schedule id>`.
 */
export class BackupSchedule extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:BackupSchedule";

  /** Id or name of the Heroku Postgres add-on. Changing it to another database replaces the schedule. */
  declare readonly database: pulumi.Output<string>;
  /** Hour of the day, 0-23, in `timezone`. Heroku picks the minute. */
  declare readonly hour: pulumi.Output<number>;
  /** IANA time zone that `hour` is meant in, e.g. "Europe/Berlin" or "UTC". */
  declare readonly timezone: pulumi.Output<string>;
  /** Name of the schedule: the config var of the attachment it is shown under. Changing it replaces the schedule. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the database's add-on. */
  declare readonly databaseId: pulumi.Output<string>;
  /** Name of the database's add-on. */
  declare readonly databaseName: pulumi.Output<string>;
  /** Id of the schedule. */
  declare readonly scheduleId: pulumi.Output<string>;
  /** Days of the week on which it runs; Heroku's schedules are daily. */
  declare readonly days: pulumi.Output<string[]>;
  /** How many weekly backups Heroku keeps, where the plan says so. */
  declare readonly retainWeeks: pulumi.Output<number | undefined>;
  /** How many monthly backups Heroku keeps, where the plan says so. */
  declare readonly retainMonths: pulumi.Output<number | undefined>;

  constructor(name: string, args: BackupScheduleArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: BackupScheduleArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(BackupSchedule.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): BackupSchedule {
    return new BackupSchedule(name, undefined, { ...opts, id });
  }

  /** Whether an object is a BackupSchedule, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is BackupSchedule {
    return hasType(obj, BackupSchedule.__pulumiType);
  }
}
