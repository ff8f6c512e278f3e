import { planOf } from "../../catalog/addon-services";
import type { AddonRecord } from "../../store/entities";
import type { DataServices } from "../data-services";
import { databaseName } from "./postgres-names";

/** A database as the data API describes it, from its records and from its running server. */
export async function databaseInfo({ context, postgres, windows }: DataServices, addon: AddonRecord) {
  const plan = planOf(addon);
  const server = await postgres.server(addon);
  const [row] = await server.sql(databaseName(addon.id), FIGURES);
  const [bytes = "0", tables = "0", connections = "0", version = ""] = row ?? [];
  const { user, password } = postgres.owner(addon);
  const address = await postgres.address(addon);
  const credentials = postgres.credentials(addon).length;
  const paid = plan.tier !== "essential";
  const region = context.store.collection("apps").get(addon.appId)?.regionName ?? "us";
  const info = (name: string, ...values: string[]) => ({ name, values });
  return {
    addon_id: addon.id,
    name: addon.name,
    heroku_resource_id: `resource-${addon.id}@heroku.com`,
    created_at: addon.createdAt,
    formation: { id: addon.id, primary: addon.id },
    metaas_source: addon.name,
    plan: plan.name,
    port: address.port,
    database_name: databaseName(addon.id),
    database_user: user,
    database_password: password,
    resource_url: addon.values.URL ?? null,
    target_transaction: null,
    available_for_ingress: true,
    "waiting?": postgres.busyWith(addon.id) !== undefined,
    "hot_standby?": false,
    credentials,
    leader: null,
    following: null,
    num_bytes: Number(bytes),
    postgres_version: version,
    info: [
      info("Plan", plan.humanName),
      info("Status", "Available"),
      // Providers wait for these two lines of a premium database before they create credentials.
      ...(plan.tier === "premium" ? [info("HA Status", "Available")] : []),
      info("Data Size", size(Number(bytes))),
      info("Tables", tables),
      info("PG Version", version),
      info("Connections", `${connections}/${plan.connections}`),
      info("Connection Pooling", paid ? "Available" : "Unsupported on Essential databases"),
      info("Credentials", String(credentials)),
      info("Fork/Follow", paid ? "Available" : "Unsupported"),
      info("Rollback", paid ? "Unsupported on Local Heroku" : "Unsupported"),
      info("Continuous Protection", "Off"),
      info("Created", addon.createdAt.slice(0, 16).replace("T", " ")),
      info("Region", region),
      info("Data Encryption", "Not on Local Heroku"),
      info("Maintenance", "not required"),
      info("Maintenance window", windows.of(addon)),
    ],
  };
}

const FIGURES = `SELECT pg_database_size(current_database()),
  (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'),
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()),
  split_part(current_setting('server_version'), ' ', 1);`;

function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = bytes === 0 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(1_024)), units.length - 1);
  return power === 0 ? `${bytes} bytes` : `${(bytes / 1_024 ** power).toFixed(2)} ${units[power]}`;
}
