import * as v from "valibot";
import { invalidParams } from "../../http/errors";

/** A setting that users can change on a database. */
interface PostgresSetting {
  schema: v.GenericSchema<unknown, SettingValue>;
  default: SettingValue;
  desc: string;
  /** The meaning of each value, if there are few. */
  values: Readonly<Record<string, string>>;
  /** Only stored and shown: Local Heroku has nothing that it controls. */
  isKeptOnly?: boolean;
}

/** A setting's value. */
type SettingValue = string | number | boolean;

const flag = (desc: string, byDefault: boolean): PostgresSetting => ({
  schema: v.boolean(),
  default: byDefault,
  desc,
  values: { true: "on", false: "off" },
});

const milliseconds = (desc: string, byDefault: number): PostgresSetting => ({
  schema: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(2 ** 31 - 1)),
  default: byDefault,
  desc,
  values: {},
});

const pooler = (desc: string, byDefault: number): PostgresSetting => ({
  schema: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  default: byDefault,
  desc,
  values: {},
  isKeptOnly: true,
});

const choice = (desc: string, byDefault: string, values: Record<string, string>): PostgresSetting => ({
  schema: v.picklist(Object.keys(values)),
  default: byDefault,
  desc,
  values,
});

/** All settings by their PostgreSQL name: https://devcenter.heroku.com/articles/heroku-postgres-settings */
export const POSTGRES_SETTINGS: Readonly<Record<string, PostgresSetting>> = {
  log_lock_waits: flag("Logs when a session waits longer than deadlock_timeout for a lock.", true),
  log_connections: flag("Logs each successful connection.", true),
  log_min_duration_statement: milliseconds(
    "Logs statements that run at least this many milliseconds; -1 is off.",
    2_000,
  ),
  log_statement: choice("Which statements are logged.", "ddl", {
    none: "No statements are logged",
    ddl: "All data definition statements, such as CREATE, ALTER and DROP",
    mod: "Includes all statements from ddl and data-modifying statements such as INSERT and UPDATE",
    all: "All statements are logged",
  }),
  track_functions: choice("Which functions' calls and times are counted.", "none", {
    none: "No functions are tracked",
    pl: "Only procedural-language functions are tracked",
    all: "Procedural-language, SQL and C functions are tracked",
  }),
  log_min_error_statement: choice("From which severity on the statement that failed is logged.", "error", {
    error: "Errors, log lines, fatal errors and panics",
    log: "Log lines, fatal errors and panics",
    fatal: "Fatal errors and panics",
    panic: "Panics only",
  }),
  auto_explain: flag("Logs the plans of slow statements.", false),
  "auto_explain.log_min_duration": milliseconds("Plans of statements that run at least this many milliseconds.", -1),
  "auto_explain.log_format": choice("Format of logged plans.", "text", {
    text: "Text",
    json: "JSON",
    yaml: "YAML",
    xml: "XML",
  }),
  "auto_explain.log_analyze": flag("Logs EXPLAIN ANALYZE output.", false),
  "auto_explain.log_triggers": flag("Includes triggers in logged plans.", false),
  "auto_explain.log_buffers": flag("Includes buffer usage in logged plans.", false),
  "auto_explain.log_verbose": flag("Logs verbose plans.", false),
  "auto_explain.log_nested_statements": flag("Logs plans of statements within functions.", false),
  data_connector_details_logs: {
    ...flag("Logs details of the data connectors of the database.", false),
    isKeptOnly: true,
  },
  pgbouncer_max_client_conn: pooler("Most clients of the connection pool.", 1_000),
  pgbouncer_max_db_connections: pooler("Most connections of the pool to the database.", 0),
  pgbouncer_default_pool_size: pooler("Connections of the pool for each user.", 20),
  pgbouncer_min_pool_size: pooler("Connections that the pool keeps open.", 0),
  pgbouncer_server_idle_timeout: pooler("Seconds after which an idle connection is closed.", 600),
};

/** Checks the settings of a request's body. */
export function parseSettings(body: Record<string, unknown>): Record<string, SettingValue> {
  const entries = Object.entries(body).map(([name, value]) => {
    const setting = POSTGRES_SETTINGS[name];
    if (!setting)
      throw invalidParams(`Invalid setting ${name}; it must be one of ${Object.keys(POSTGRES_SETTINGS).join(", ")}.`);
    const parsed = v.safeParse(setting.schema, value);
    if (parsed.success) return [name, parsed.output] as const;
    const allowed = Object.keys(setting.values).join(", ");
    throw invalidParams(`Invalid value for ${name}${allowed === "" ? "" : `; it must be one of ${allowed}`}.`);
  });
  return Object.fromEntries(entries);
}

/** The statements that apply settings to a running server, now and after restarts. */
export function settingStatements(changed: Readonly<Record<string, SettingValue>>): string {
  const applied = Object.entries(changed).filter(([name]) => !POSTGRES_SETTINGS[name]?.isKeptOnly);
  const statements = applied.map(([name, value]) =>
    name === "auto_explain"
      ? `ALTER SYSTEM SET session_preload_libraries = '${value ? "auto_explain" : ""}';`
      : `ALTER SYSTEM SET ${name} = '${value}';`,
  );
  return [...statements, "SELECT pg_reload_conf();"].join("\n");
}
