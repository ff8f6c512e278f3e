import { Hono } from "hono";
import { backupFileRoutes } from "./backups/backup-file-routes";
import { scheduleRoutes } from "./backups/schedule-routes";
import { transferRoutes } from "./backups/transfer-routes";
import type { DataServices } from "./data-services";
import { keyValueRoutes } from "./key-value/key-value-routes";
import { maintenanceRoutes } from "./maintenance/maintenance-routes";
import { credentialRoutes } from "./postgres/credential-routes";
import { databaseRoutes } from "./postgres/database-routes";
import { postgresSettingRoutes } from "./postgres/postgres-setting-routes";

/** The data APIs. */
export function dataRoutes(data: DataServices): Hono {
  return new Hono()
    .route("/", databaseRoutes(data))
    .route("/", credentialRoutes(data))
    .route("/", postgresSettingRoutes(data))
    .route("/", transferRoutes(data))
    .route("/", scheduleRoutes(data))
    .route("/", keyValueRoutes(data))
    .route("/", maintenanceRoutes(data));
}

/** Routes that need no API key. */
export function openDataRoutes(data: DataServices): Hono {
  return backupFileRoutes(data);
}
