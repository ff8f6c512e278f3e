import { join } from "node:path";
import { Hono } from "hono";
import type { AddonService, Figure, MachineContext, PlatformEvents } from "../contract";
import type { AddonRecord } from "../store/entities";
import { backupFileRoutes } from "./backups/backup-file-routes";
import { BackupFiles } from "./backups/backup-files";
import { BackupScheduler } from "./backups/backup-scheduler";
import { BackupSource } from "./backups/backup-source";
import { DatabaseTransfers } from "./backups/database-transfers";
import { scheduleRoutes } from "./backups/schedule-routes";
import { transferRoutes } from "./backups/transfer-routes";
import { Transfers } from "./backups/transfers";
import { keyValueInfo } from "./key-value/key-value-info";
import { keyValueRoutes } from "./key-value/key-value-routes";
import { KeyValueService } from "./key-value/key-value-service";
import { maintenanceRoutes } from "./maintenance/maintenance-routes";
import { credentialRoutes } from "./postgres/credential-routes";
import { databaseInfo } from "./postgres/database-info";
import { databaseRoutes } from "./postgres/database-routes";
import { PostgresCredentials } from "./postgres/postgres-credentials";
import { PostgresService } from "./postgres/postgres-service";
import { postgresSettingRoutes } from "./postgres/postgres-setting-routes";
import type { ServiceContainers } from "./service-containers";

/** The data services of an instance with their APIs. */
export class DataServices implements PlatformEvents {
  readonly services: ReadonlyMap<string, AddonService>;
  private readonly postgres: PostgresService;
  private readonly keyValue: KeyValueService;
  private readonly credentials: PostgresCredentials;
  private readonly files: BackupFiles;
  private readonly transfers: Transfers;
  private readonly databases: DatabaseTransfers;
  private readonly scheduler: BackupScheduler;
  private events: PlatformEvents | undefined;
  private closed = false;

  constructor(
    private readonly context: MachineContext,
    private readonly containers: ServiceContainers,
  ) {
    const { store, clock, ids, dataFolder, url } = context;
    this.postgres = new PostgresService(store, containers, clock, ids);
    this.keyValue = new KeyValueService(store, containers, clock, ids);
    this.credentials = new PostgresCredentials(store, clock, ids, this.postgres, this);
    this.files = new BackupFiles(join(dataFolder, "backups"));
    this.transfers = new Transfers(store, clock, ids, this.files);
    const source = new BackupSource(store, clock, this.files, url);
    this.databases = new DatabaseTransfers(this.transfers, this.postgres, this.files, source);
    this.scheduler = new BackupScheduler(store, clock, ids, this.databases);
    this.services = new Map<string, AddonService>([
      ["heroku-postgresql", this.postgresWithBackups()],
      ["heroku-redis", this.keyValueWithFigures()],
    ]);
  }

  /** The data APIs. */
  routes(): Hono {
    const { context, postgres, transfers, databases } = this;
    const { store, clock, ids, url } = context;
    return new Hono()
      .route("/", databaseRoutes(context, store, postgres))
      .route("/", credentialRoutes(context, postgres, this.credentials))
      .route("/", postgresSettingRoutes(context, store, clock, postgres))
      .route("/", transferRoutes({ lookup: context, store, clock, ids, transfers, databases, url }))
      .route("/", scheduleRoutes(context, store, this.scheduler, url))
      .route("/", keyValueRoutes({ lookup: context, store, clock, events: this }, this.keyValue))
      .route("/", maintenanceRoutes(context, store, clock));
  }

  /** Backup files, for whoever knows their URL. */
  openRoutes(): Hono {
    return backupFileRoutes(this.context.store, this.context.clock, this.files);
  }

  /** Brings back every service that should run, and takes up what was interrupted. */
  async start(events: PlatformEvents): Promise<void> {
    this.events = events;
    await this.containers.removeOrphans();
    await this.transfers.failInterrupted();
    const addons = this.context.store.collection("addons").all();
    const provisioned = addons.filter(({ state }) => state === "provisioned");
    await Promise.all(provisioned.map((addon) => this.serviceOf(addon)?.run(addon)));
    for (const addon of provisioned) void this.catchUp(addon);
    this.scheduler.start();
  }

  async addonValuesChanged(...change: Parameters<PlatformEvents["addonValuesChanged"]>): Promise<void> {
    await this.events?.addonValuesChanged(...change);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.scheduler.close();
    await this.transfers.close();
    this.keyValue.close();
  }

  private serviceOf({ serviceName }: AddonRecord): PostgresService | KeyValueService | undefined {
    if (serviceName === "heroku-redis") return this.keyValue;
    return serviceName === "heroku-postgresql" ? this.postgres : undefined;
  }

  /** Brings the server to what the records say: a change may have been recorded and not yet applied. */
  private async catchUp(addon: AddonRecord): Promise<void> {
    const { store } = this.context;
    const isWanted = () => !this.closed && store.collection("addons").get(addon.id)?.state === "provisioned";
    try {
      const rotated = await this.serviceOf(addon)?.catchUp(addon, isWanted);
      if (rotated) await this.addonValuesChanged(addon.id, rotated);
      if (addon.serviceName === "heroku-postgresql") await this.credentials.resume(addon);
    } catch (error) {
      if (isWanted()) console.error(`add-on ${addon.name}: ${error instanceof Error ? error.message : error}`);
    }
  }

  private keyValueWithFigures(): AddonService {
    const { keyValue, context } = this;
    return {
      provision: (addon) => keyValue.provision(addon),
      changePlan: (addon) => keyValue.changePlan(addon),
      deprovision: (addon) => keyValue.deprovision(addon),
      figures: async (addon) => figures(await keyValueInfo(context.store, keyValue, addon)),
    };
  }

  /** A database's backups go with it. */
  private postgresWithBackups(): AddonService {
    const { postgres, transfers, scheduler, context } = this;
    return {
      provision: (addon) => postgres.provision(addon),
      changePlan: (addon) => postgres.changePlan(addon),
      figures: async (addon) => figures(await databaseInfo(context.store, postgres, addon)),
      async deprovision(addon) {
        const schedules = context.store.collection("transferSchedules").by("addon", addon.id);
        for (const schedule of schedules) scheduler.remove(schedule);
        await transfers.removeAddon(addon.id);
        await postgres.deprovision(addon);
      },
    };
  }
}

const FIGURES = ["Connections", "Memory", "Hit Rate", "Data Size", "Tables"];

/** What moves by itself among what the data APIs tell. */
function figures({ info }: { info: { name: string; values: string[] }[] }): Figure[] {
  return info
    .filter(({ name }) => FIGURES.includes(name))
    .map(({ name, values }) => ({ name, value: values.join(", ") }));
}
