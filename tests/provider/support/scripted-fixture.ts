import { PluginClient } from "./plugin-client";
import { ScriptedHeroku } from "./scripted-heroku";

/** A plugin on a scripted Heroku. */
export class ScriptedFixture {
  protected constructor(
    readonly heroku: ScriptedHeroku,
    readonly plugin: PluginClient,
  ) {}

  static async open(): Promise<ScriptedFixture> {
    const heroku = await ScriptedHeroku.start();
    return new ScriptedFixture(heroku, await PluginClient.start(heroku.url));
  }

  async close(): Promise<void> {
    this.plugin.stop();
    await this.heroku.stop();
  }
}
