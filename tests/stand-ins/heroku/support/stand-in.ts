import { heroku } from "../../../../stand-ins/heroku/plugin";
import { EmulatedHeroku } from "../../../provider/support/emulated-heroku";
import { PluginClient } from "../../../provider/support/plugin-client";

type Bag = Record<string, unknown>;

/** A resource as the engine's state keeps it, secrets unwrapped. */
export interface Deployed {
  type: string;
  id: string;
  inputs: Bag;
  state: Bag;
}

// Pulumi's mark of a secret.
const signature = "4dabf18193072939515e22adb298388d";

/** The stand-in beside Local Heroku in process, used as the engine uses it. */
export class HerokuStandIn {
  constructor(
    readonly local: EmulatedHeroku,
    readonly plugin: PluginClient,
  ) {}

  /** `settings` go before those of a configuration without delays. */
  static async open(settings: Bag = {}): Promise<HerokuStandIn> {
    return HerokuStandIn.beside(await EmulatedHeroku.open(), settings);
  }

  /** Another process of the plugin, so to say. */
  static async beside(local: EmulatedHeroku, settings: Bag = {}): Promise<HerokuStandIn> {
    const configuration = { ...settingsFor(local.url), ...settings };
    return new HerokuStandIn(local, await PluginClient.of(heroku(local.runtime), configuration));
  }

  get api() {
    return this.local.emulator;
  }

  close(): void {
    this.plugin.stop();
  }

  async check(type: string, news: Bag) {
    const { inputs, failures } = await this.plugin.check(type, news);
    return { inputs: plain(inputs), failures };
  }

  /** Checks and creates. */
  async create(type: string, news: Bag): Promise<Deployed> {
    const { inputs, failures } = await this.check(type, news);
    if (Object.keys(failures).length > 0) throw new Error(JSON.stringify(failures));
    const { id, state } = await this.plugin.create(type, inputs);
    await this.api.idle();
    return { type, id, inputs, state: plain(state) };
  }

  diff({ type, inputs, state }: Deployed, news: Bag) {
    return this.plugin.diff(type, { inputs, state }, { __defaults: [], ...news });
  }

  async update(resource: Deployed, news: Bag): Promise<Deployed> {
    const inputs = { __defaults: [], ...news };
    const state = plain(await this.plugin.update(resource.type, resource.id, resource.state, inputs));
    await this.api.idle();
    return { ...resource, inputs, state };
  }

  /** As `pulumi refresh` does; undefined when there is none. */
  async refresh(resource: Deployed): Promise<Deployed | undefined> {
    const { id, inputs, state } = await this.plugin.read(resource.type, resource.id, resource);
    return id === "" ? undefined : { type: resource.type, id, inputs: plain(inputs), state: plain(state) };
  }

  /** As `pulumi import` does. */
  async import(type: string, importId: string): Promise<Deployed> {
    const { id, inputs, state } = await this.plugin.read(type, importId);
    return { type, id, inputs: plain(inputs), state: plain(state) };
  }

  async delete({ type, id, state }: Deployed): Promise<void> {
    await this.plugin.delete(type, id, state);
    await this.api.idle();
  }
}

/** Settings of a provider instance for a Heroku at `url`. */
export function settingsFor(url: string): Bag {
  const delays = JSON.stringify({ postAppCreateDelay: 0, postDomainCreateDelay: 0 });
  return { url, apiKey: "local-heroku", delays };
}

/** Values without the marks of secrets. */
export function plain(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, unwrapped(value)]));
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return signature in value && "value" in value ? unwrapped(value.value) : plain({ ...value });
}

/** Paths of what is marked secret: `vars`, `vars.KEY`. */
export function secretsOf(bag: Bag): string[] {
  const marked = (value: unknown, path: string): string[] => {
    if (typeof value !== "object" || value === null) return [];
    if (signature in value && "value" in value) return [path, ...marked(value.value, path)];
    return Object.entries(value).flatMap(([key, entry]) => marked(entry, path === "" ? key : `${path}.${key}`));
  };
  return marked(bag, "").sort();
}
