import { EmulatedHeroku } from "./emulated-heroku";
import { EngineLogServer } from "./engine-log";
import { PluginClient } from "./plugin-client";
import { RegistryInMemory } from "./registry-in-memory";

const host = "localhost:5075";

/** A plugin with a container app on a Local Heroku of its own, whose registry has the images to the byte; the engine keeps what it is told. */
export class RegistryFixture {
  readonly host = host;

  private constructor(
    readonly heroku: EmulatedHeroku,
    readonly registry: RegistryInMemory,
    readonly engine: EngineLogServer,
    readonly plugin: PluginClient,
    readonly app: { id: string; name: string },
  ) {}

  static async open(name: string): Promise<RegistryFixture> {
    const heroku = await EmulatedHeroku.open();
    const registry = new RegistryInMemory(host);
    heroku.registry = registry;
    const app = { name, id: await heroku.createApp(name) };
    const engine = await EngineLogServer.start();
    const options = { runtime: heroku.runtime, apiKey: "local-heroku", engineAddress: engine.address };
    return new RegistryFixture(heroku, registry, engine, await PluginClient.start(heroku.url, options), app);
  }

  close(): void {
    this.plugin.stop();
    this.engine.stop();
  }
}
