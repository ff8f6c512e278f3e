import type { ResourceDefinition } from "../../schema/definition";
import { atLeastFault } from "../../schema/faults";

export const postgresSettings = {
  name: "PostgresSettings",
  description:
    "Settings of a Heroku Postgres server: logging, statistics, auto_explain, connection pooling. Not offered on " +
    "Essential plans. Only settings that are given are managed; one that is taken away, and all on delete, go back to " +
    "Heroku's default. One such resource per database. Costs nothing, changes in place. Import it by the add-on's id or name.",
  inputs: {
    database: {
      type: "string",
      description: "Id or name of the Heroku Postgres add-on. Another add-on replaces the resource.",
      replaces: true,
      synonyms: ["databaseId", "databaseName"],
      fault: (value) => (value === "" ? 'database must be an add-on id or name, got ""' : undefined),
    },
    logLockWaits: flag("Log waits for a lock that last longer than a second."),
    logConnections: flag("Log each connection."),
    logMinDurationStatement: milliseconds(
      "logMinDurationStatement",
      "Log statements that run this long (ms) or longer; 0 for all, -1 for none.",
    ),
    logMinErrorStatement: choice("Log statements that fail with this severity or a higher one.", [
      "error",
      "log",
      "fatal",
      "panic",
    ]),
    logStatement: choice("Log statements of a kind: none, definitions, definitions and changes, or all.", [
      "none",
      "ddl",
      "mod",
      "all",
    ]),
    trackFunctions: choice("Count calls and time of functions: none, in procedural languages, or all.", [
      "none",
      "pl",
      "all",
    ]),
    dataConnectorDetailsLogs: flag("Log details of Heroku's data connectors."),
    autoExplain: flag("Log the plans of slow statements (auto_explain)."),
    autoExplainLogMinDuration: milliseconds(
      "autoExplainLogMinDuration",
      "auto_explain: log statements that run this long (ms); -1 for none.",
    ),
    autoExplainLogFormat: choice("auto_explain: format of the plans.", ["text", "xml", "json", "yaml"]),
    autoExplainLogAnalyze: flag("auto_explain: run the statement with EXPLAIN ANALYZE. Slows all statements down."),
    autoExplainLogBuffers: flag("auto_explain: show buffer use; needs autoExplainLogAnalyze."),
    autoExplainLogTriggers: flag("auto_explain: show triggers; needs autoExplainLogAnalyze."),
    autoExplainLogVerbose: flag("auto_explain: show verbose plans."),
    autoExplainLogNestedStatements: flag("auto_explain: show statements inside functions too."),
    pgbouncerMaxClientConn: count("pgbouncerMaxClientConn", "Connection pooling: most connections of clients."),
    pgbouncerMaxDbConnections: count(
      "pgbouncerMaxDbConnections",
      "Connection pooling: most connections to the database.",
    ),
    pgbouncerDefaultPoolSize: count(
      "pgbouncerDefaultPoolSize",
      "Connection pooling: connections per user and database.",
    ),
    pgbouncerMinPoolSize: count("pgbouncerMinPoolSize", "Connection pooling: connections kept open."),
    pgbouncerServerIdleTimeout: count(
      "pgbouncerServerIdleTimeout",
      "Connection pooling: seconds after which an idle connection is closed.",
    ),
  },
  outputs: {
    databaseId: { type: "string", description: "Id of the add-on.", stable: true },
    databaseName: { type: "string", description: "Name of the add-on." },
  },
} as const satisfies ResourceDefinition;

/** Heroku's names of the settings. */
export const postgresSettingNames = {
  logLockWaits: "log_lock_waits",
  logConnections: "log_connections",
  logMinDurationStatement: "log_min_duration_statement",
  logMinErrorStatement: "log_min_error_statement",
  logStatement: "log_statement",
  trackFunctions: "track_functions",
  dataConnectorDetailsLogs: "data_connector_details_logs",
  autoExplain: "auto_explain",
  autoExplainLogMinDuration: "auto_explain.log_min_duration",
  autoExplainLogFormat: "auto_explain.log_format",
  autoExplainLogAnalyze: "auto_explain.log_analyze",
  autoExplainLogBuffers: "auto_explain.log_buffers",
  autoExplainLogTriggers: "auto_explain.log_triggers",
  autoExplainLogVerbose: "auto_explain.log_verbose",
  autoExplainLogNestedStatements: "auto_explain.log_nested_statements",
  pgbouncerMaxClientConn: "pgbouncer_max_client_conn",
  pgbouncerMaxDbConnections: "pgbouncer_max_db_connections",
  pgbouncerDefaultPoolSize: "pgbouncer_default_pool_size",
  pgbouncerMinPoolSize: "pgbouncer_min_pool_size",
  pgbouncerServerIdleTimeout: "pgbouncer_server_idle_timeout",
} as const satisfies Record<Exclude<keyof typeof postgresSettings.inputs, "database">, string>;

function flag(description: string) {
  return { type: "boolean", description, optional: true } as const;
}

function milliseconds(name: string, description: string) {
  return { type: "integer", description, optional: true, fault: atLeastFault(name, -1) } as const;
}

function count(name: string, description: string) {
  return { type: "integer", description, optional: true, fault: atLeastFault(name, 0) } as const;
}

function choice(description: string, values: readonly string[]) {
  return { type: "string", description, optional: true, values } as const;
}
