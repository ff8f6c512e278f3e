import { type Schedule, type ScriptedAddon, scriptAddon, scriptSchedules } from "./scripted-addon";
import { ScriptedFixture } from "./scripted-fixture";

/** A plugin on a scripted Heroku that has one database, `round-12345`, and keeps its schedules. */
export class DatabaseFixture extends ScriptedFixture {
  readonly inputs = { database: "round-12345", hour: 3, timezone: "Europe/Berlin", name: "DATABASE_URL" };
  readonly schedules: Schedule[] = [];
  readonly addon: ScriptedAddon;
  /** Path of the database's schedules. */
  readonly path: string;

  private constructor({ heroku, plugin }: ScriptedFixture) {
    super(heroku, plugin);
    this.addon = scriptAddon(heroku, "heroku-postgresql:essential-0");
    this.path = `/client/v11/databases/${this.addon.id}/transfer-schedules`;
    scriptSchedules(heroku, this.addon, this.schedules);
  }

  static override async open(): Promise<DatabaseFixture> {
    return new DatabaseFixture(await ScriptedFixture.open());
  }

  /** Creates a BackupSchedule; what the engine would keep of it. */
  async create() {
    return { inputs: this.inputs, ...(await this.plugin.create("BackupSchedule", this.inputs)) };
  }
}
