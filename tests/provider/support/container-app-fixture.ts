import { EmulatedHeroku } from "./emulated-heroku";
import { PluginClient } from "./plugin-client";

type Bag = Record<string, unknown>;

/** What a check fills in. */
export const judgement = {
  releaseTimeout: 3_600,
  healthStatus: 200,
  healthHeaders: {},
  healthPages: [],
  healthInterval: 1,
  healthTimeout: 300,
  healthThreshold: 2,
  settleTime: 10,
};

/** A plugin on a Local Heroku of its own, with a container app whose images are pushed. */
export class ContainerAppFixture {
  private constructor(
    readonly heroku: EmulatedHeroku,
    public plugin: PluginClient,
    readonly app: { id: string; name: string },
    readonly images: Record<string, string>,
  ) {}

  static async open(): Promise<ContainerAppFixture> {
    const heroku = await EmulatedHeroku.open();
    const app = { id: await heroku.createApp("demo"), name: "demo" };
    const images = { web: heroku.push(app, "web"), release: heroku.push(app, "release") };
    return new ContainerAppFixture(heroku, await connect(heroku), app, images);
  }

  get inputs(): Bag {
    return { app: this.app.id, images: this.images, ...judgement };
  }

  /** What the release phase of the next releases does. */
  set phase(phase: EmulatedHeroku["emulator"]["machines"]["phase"]) {
    this.heroku.emulator.machines.phase = phase;
  }

  /** First 12 digits of the id of an image pushed with this content. */
  shortId(type: string, content?: string): string {
    return this.heroku.emulator.machines.push(this.app.id, type, content).slice(7, 19);
  }

  /** Creates a ContainerRelease; what the engine would keep of it. */
  async create(given: Bag = {}) {
    const inputs = { ...this.inputs, ...given };
    return { inputs, ...(await this.plugin.create("ContainerRelease", inputs)) };
  }

  /** Ends the plugin's process, so to say, and starts another. */
  async restartPlugin(): Promise<void> {
    this.plugin.stop();
    this.plugin = await connect(this.heroku);
  }

  close(): void {
    this.plugin.stop();
  }
}

function connect(heroku: EmulatedHeroku): Promise<PluginClient> {
  return PluginClient.start(heroku.url, { runtime: heroku.runtime, apiKey: "local-heroku" });
}
