// Generated from the definitions in provider/ by `npm run generate`. Change those instead.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type LookUpOptions, registration } from "./registration";

/** Arguments of {@link PostgresSettings}. */
export interface PostgresSettingsArgs {
  /** Id or name of the Heroku Postgres add-on. Another add-on replaces the resource. */
  database: pulumi.Input<string>;
  /** Log waits for a lock that last longer than a second. */
  logLockWaits?: pulumi.Input<boolean>;
  /** Log each connection. */
  logConnections?: pulumi.Input<boolean>;
  /** Log statements that run this long (ms) or longer; 0 for all, -1 for none. */
  logMinDurationStatement?: pulumi.Input<number>;
  /** Log statements that fail with this severity or a higher one. */
  logMinErrorStatement?: pulumi.Input<string>;
  /** Log statements of a kind: none, definitions, definitions and changes, or all. */
  logStatement?: pulumi.Input<string>;
  /** Count calls and time of functions: none, in procedural languages, or all. */
  trackFunctions?: pulumi.Input<string>;
  /** Log details of Heroku's data connectors. */
  dataConnectorDetailsLogs?: pulumi.Input<boolean>;
  /** Log the plans of slow statements (auto_explain). */
  autoExplain?: pulumi.Input<boolean>;
  /** auto_explain: log statements that run this long (ms); -1 for none. */
  autoExplainLogMinDuration?: pulumi.Input<number>;
  /** auto_explain: format of the plans. */
  autoExplainLogFormat?: pulumi.Input<string>;
  /** auto_explain: run the statement with EXPLAIN ANALYZE. Slows all statements down. */
  autoExplainLogAnalyze?: pulumi.Input<boolean>;
  /** auto_explain: show buffer use; needs autoExplainLogAnalyze. */
  autoExplainLogBuffers?: pulumi.Input<boolean>;
  /** auto_explain: show triggers; needs autoExplainLogAnalyze. */
  autoExplainLogTriggers?: pulumi.Input<boolean>;
  /** auto_explain: show verbose plans. */
  autoExplainLogVerbose?: pulumi.Input<boolean>;
  /** auto_explain: show statements inside functions too. */
  autoExplainLogNestedStatements?: pulumi.Input<boolean>;
  /** Connection pooling: most connections of clients. */
  pgbouncerMaxClientConn?: pulumi.Input<number>;
  /** Connection pooling: most connections to the database. */
  pgbouncerMaxDbConnections?: pulumi.Input<number>;
  /** Connection pooling: connections per user and database. */
  pgbouncerDefaultPoolSize?: pulumi.Input<number>;
  /** Connection pooling: connections kept open. */
  pgbouncerMinPoolSize?: pulumi.Input<number>;
  /** Connection pooling: seconds after which an idle connection is closed. */
  pgbouncerServerIdleTimeout?: pulumi.Input<number>;
}

const properties = [
  "database",
  "logLockWaits",
  "logConnections",
  "logMinDurationStatement",
  "logMinErrorStatement",
  "logStatement",
  "trackFunctions",
  "dataConnectorDetailsLogs",
  "autoExplain",
  "autoExplainLogMinDuration",
  "autoExplainLogFormat",
  "autoExplainLogAnalyze",
  "autoExplainLogBuffers",
  "autoExplainLogTriggers",
  "autoExplainLogVerbose",
  "autoExplainLogNestedStatements",
  "pgbouncerMaxClientConn",
  "pgbouncerMaxDbConnections",
  "pgbouncerDefaultPoolSize",
  "pgbouncerMinPoolSize",
  "pgbouncerServerIdleTimeout",
  "databaseId",
  "databaseName",
];

/**
 * Settings of a Heroku Postgres server: logging, statistics, auto_explain, connection pooling. Not offered on Essential
 * plans. Only settings that are given are managed; one that is taken away, and all on delete, go back to Heroku's
 * default. One such resource per database. Costs nothing, changes in place. Import it by the add-on's id or name.
 */
export class PostgresSettings extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "heroku-native:index:PostgresSettings";

  /** Id or name of the Heroku Postgres add-on. Another add-on replaces the resource. */
  declare readonly database: pulumi.Output<string>;
  /** Log waits for a lock that last longer than a second. */
  declare readonly logLockWaits: pulumi.Output<boolean | undefined>;
  /** Log each connection. */
  declare readonly logConnections: pulumi.Output<boolean | undefined>;
  /** Log statements that run this long (ms) or longer; 0 for all, -1 for none. */
  declare readonly logMinDurationStatement: pulumi.Output<number | undefined>;
  /** Log statements that fail with this severity or a higher one. */
  declare readonly logMinErrorStatement: pulumi.Output<string | undefined>;
  /** Log statements of a kind: none, definitions, definitions and changes, or all. */
  declare readonly logStatement: pulumi.Output<string | undefined>;
  /** Count calls and time of functions: none, in procedural languages, or all. */
  declare readonly trackFunctions: pulumi.Output<string | undefined>;
  /** Log details of Heroku's data connectors. */
  declare readonly dataConnectorDetailsLogs: pulumi.Output<boolean | undefined>;
  /** Log the plans of slow statements (auto_explain). */
  declare readonly autoExplain: pulumi.Output<boolean | undefined>;
  /** auto_explain: log statements that run this long (ms); -1 for none. */
  declare readonly autoExplainLogMinDuration: pulumi.Output<number | undefined>;
  /** auto_explain: format of the plans. */
  declare readonly autoExplainLogFormat: pulumi.Output<string | undefined>;
  /** auto_explain: run the statement with EXPLAIN ANALYZE. Slows all statements down. */
  declare readonly autoExplainLogAnalyze: pulumi.Output<boolean | undefined>;
  /** auto_explain: show buffer use; needs autoExplainLogAnalyze. */
  declare readonly autoExplainLogBuffers: pulumi.Output<boolean | undefined>;
  /** auto_explain: show triggers; needs autoExplainLogAnalyze. */
  declare readonly autoExplainLogTriggers: pulumi.Output<boolean | undefined>;
  /** auto_explain: show verbose plans. */
  declare readonly autoExplainLogVerbose: pulumi.Output<boolean | undefined>;
  /** auto_explain: show statements inside functions too. */
  declare readonly autoExplainLogNestedStatements: pulumi.Output<boolean | undefined>;
  /** Connection pooling: most connections of clients. */
  declare readonly pgbouncerMaxClientConn: pulumi.Output<number | undefined>;
  /** Connection pooling: most connections to the database. */
  declare readonly pgbouncerMaxDbConnections: pulumi.Output<number | undefined>;
  /** Connection pooling: connections per user and database. */
  declare readonly pgbouncerDefaultPoolSize: pulumi.Output<number | undefined>;
  /** Connection pooling: connections kept open. */
  declare readonly pgbouncerMinPoolSize: pulumi.Output<number | undefined>;
  /** Connection pooling: seconds after which an idle connection is closed. */
  declare readonly pgbouncerServerIdleTimeout: pulumi.Output<number | undefined>;
  /** Id of the add-on. */
  declare readonly databaseId: pulumi.Output<string>;
  /** Name of the add-on. */
  declare readonly databaseName: pulumi.Output<string>;

  constructor(name: string, args: PostgresSettingsArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: undefined, opts: LookUpOptions);
  constructor(name: string, args: PostgresSettingsArgs | undefined, opts?: pulumi.CustomResourceOptions) {
    super(PostgresSettings.__pulumiType, name, registration(args, properties), opts);
  }

  /** Looks up an existing resource by its id. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): PostgresSettings {
    return new PostgresSettings(name, undefined, { ...opts, id });
  }

  /** Whether an object is a PostgresSettings, even one made by another copy of this package. */
  static override isInstance(obj: unknown): obj is PostgresSettings {
    return hasType(obj, PostgresSettings.__pulumiType);
  }
}
