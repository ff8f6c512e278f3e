import { join } from "node:path";
import type { MachineContext, PlatformEvents } from "../contract";
import type { AddonService, Figure } from "../machines";
import type { AddonRecord } from "../store/entities";
import { AddonSettings } from "./addon-settings";
import { BackupFiles } from "./backups/backup-files";
import { BackupScheduler } from "./backups/backup-scheduler";
import { BackupUrls } from "./backups/backup-urls";
import { DatabaseTransfers } from "./backups/database-transfers";
import { Transfers } from "./backups/transfers";
import { keyValueInfo } from "./key-value/key-value-info";
import { KeyValueService } from "./key-value/key-value-service";
import { MaintenanceWindows } from "./maintenance/maintenance-windows";
import { databaseInfo } from "./postgres/database-info";
import { PostgresCredentials } from "./postgres/postgres-credentials";
import { PostgresService } from "./postgres/postgres-service";
import type { ServiceContainers } from "./service-containers";

/** The info entries that change by themselves. */
const FIGURES = ["Connections", "Memory", "Hit Rate", "Data Size", "Tables"];

/** The data services of an instance, with what their APIs work on. */
export class DataServices implements PlatformEvents {
  readonly services: ReadonlyMap<string, AddonService>;
  readonly settings: AddonSettings;
  readonly windows: MaintenanceWindows;
  readonly postgres: PostgresService;
  readonly credentials: PostgresCredentials;
  readonly keyValue: KeyValueService;
  readonly files: BackupFiles;
  readonly urls: BackupUrls;
  readonly transfers: Transfers;
  readonly databases: DatabaseTransfers;
  readonly scheduler: BackupScheduler;
  private events: PlatformEvents | undefined;
  private closed = false;

  constructor(
    readonly context: MachineContext,
    private readonly containers: ServiceContainers,
  ) {
    this.settings = new AddonSettings(context);
    this.windows = new MaintenanceWindows(context);
    this.postgres = new PostgresService(context, containers);
    this.credentials = new PostgresCredentials(context, this.postgres, this);
    this.keyValue = new KeyValueService(context, containers, this.settings);
    this.files = new BackupFiles(join(context.dataFolder, "backups"));
    this.urls = new BackupUrls(context, this.files);
    this.transfers = new Transfers(context, this.files);
    this.databases = new DatabaseTransfers(this.transfers, this.postgres, this.files, this.urls);
    this.scheduler = new BackupScheduler(context, this.databases);
    this.services = new Map<string, AddonService>([
      ["heroku-postgresql", this.postgresWithBackups()],
      ["heroku-redis", this.keyValueWithFigures()],
    ]);
  }

  /** Starts every service that should run and completes what was interrupted. */
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

  /** Passes the event on; only from `start` on there is somebody to receive it. */
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

  /** Applies the records to the server: a change may have been recorded and not yet applied. */
  private async catchUp(addon: AddonRecord): Promise<void> {
    const addons = this.context.store.collection("addons");
    const isWanted = () => !this.closed && addons.get(addon.id)?.state === "provisioned";
    try {
      const rotated = await this.serviceOf(addon)?.catchUp(addon, isWanted);
      if (rotated) await this.addonValuesChanged(addon.id, rotated);
      if (addon.serviceName === "heroku-postgresql") await this.credentials.resume(addon);
    } catch (error) {
      if (isWanted()) console.error(`add-on ${addon.name}: ${error instanceof Error ? error.message : error}`);
    }
  }

  private keyValueWithFigures(): AddonService {
    const { keyValue } = this;
    return {
      provision: (addon) => keyValue.provision(addon),
      changePlan: (addon) => keyValue.changePlan(addon),
      deprovision: (addon) => keyValue.deprovision(addon),
      figures: async (addon) => figures(await keyValueInfo(this, addon)),
    };
  }

  /** A database's backups are removed with it. */
  private postgresWithBackups(): AddonService {
    const { postgres, transfers, scheduler } = this;
    return {
      provision: (addon) => postgres.provision(addon),
      changePlan: (addon) => postgres.changePlan(addon),
      figures: async (addon) => figures(await databaseInfo(this, addon)),
      async deprovision(addon) {
        for (const schedule of scheduler.of(addon)) scheduler.remove(schedule);
        await transfers.removeAddon(addon.id);
        await postgres.deprovision(addon);
      },
    };
  }
}

function figures({ info }: { info: { name: string; values: string[] }[] }): Figure[] {
  return info
    .filter(({ name }) => FIGURES.includes(name))
    .map(({ name, values }) => ({ name, value: values.join(", ") }));
}
