import { PluginClient } from "./plugin-client";
import { type Schedule, type ScriptedAddon, scriptAddon, scriptSchedules } from "./scripted-addon";
import { ScriptedHeroku } from "./scripted-heroku";

/** A plugin on a scripted Heroku that has one database, `round-12345`, and keeps its schedules. */
export class DatabaseFixture {
  readonly inputs = { database: "round-12345", hour: 3, timezone: "Europe/Berlin", name: "DATABASE_URL" };
  readonly schedules: Schedule[] = [];
  readonly addon: ScriptedAddon;
  /** Path of the database's schedules. */
  readonly path: string;

  private constructor(
    readonly heroku: ScriptedHeroku,
    readonly plugin: PluginClient,
  ) {
    this.addon = scriptAddon(heroku, "heroku-postgresql:essential-0");
    this.path = `/client/v11/databases/${this.addon.id}/transfer-schedules`;
    scriptSchedules(heroku, this.addon, this.schedules);
  }

  static async open(): Promise<DatabaseFixture> {
    const heroku = await ScriptedHeroku.start();
    return new DatabaseFixture(heroku, await PluginClient.start(heroku.url));
  }

  /** Creates a BackupSchedule; what the engine would keep of it. */
  async create() {
    return { inputs: this.inputs, ...(await this.plugin.create("BackupSchedule", this.inputs)) };
  }

  async close(): Promise<void> {
    this.plugin.stop();
    await this.heroku.stop();
  }
}
