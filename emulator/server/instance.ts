import type { Clock } from "../clock";
import type { CreateMachineSide, MachineSide } from "../contract";
import { controlRoutes } from "../control-api/control-routes";
import { pageRoutes } from "../control-api/page-routes";
import { applySeed, DEFAULT_SEED, type SeedInput } from "../control-api/seed";
import { authenticate } from "../http/auth";
import { Observer, type Serve } from "../http/observe";
import type { Ids } from "../ids";
import { Delays } from "../platform-api/delays";
import { Lookup } from "../platform-api/lookup";
import { Platform } from "../platform-api/platform";
import type { Store } from "../store/store";
import { createApi } from "./api";

/** What an instance is made from. */
interface InstanceParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly instanceId: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly createMachineSide: CreateMachineSide;
  /** Minimum provisioning time by service, in milliseconds. */
  readonly delays?: Readonly<Record<string, number>>;
  /** Applied at start and after a reset, after the default account. */
  readonly seed?: SeedInput;
}

/** Local Heroku without a port: `fetch` serves a request in process. */
export interface Instance {
  readonly platform: Platform;
  readonly machineSide: MachineSide;
  readonly url: string;
  /** Logs requests and injects faults; the registry is observed with it, too. */
  readonly observer: Observer;
  readonly fetch: Serve;
  /** Adopts containers and continues what an earlier process left. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Connects the Platform API with the rooms that run containers. */
export async function createInstance(parts: InstanceParts): Promise<Instance> {
  const { store, clock, ids, instanceId, port } = parts;
  const url = `http://localhost:${port}`;
  const lookup = new Lookup(store);
  const delays = new Delays(parts.delays);
  const machineSide = await parts.createMachineSide({
    store,
    clock,
    ids,
    instanceId,
    port,
    url,
    dataFolder: parts.dataFolder,
    prebootMs: () => delays.of("preboot"),
    authenticate: (authorization) => authenticate(store, authorization),
    findApp: (account, idOrName) => lookup.findApp(account, idOrName),
    findAddon: (account, idOrName) => lookup.findAddon(account, idOrName),
    findAppByHost: (host) => lookup.findAppByHost(host),
  });
  const platform = new Platform({ store, clock, ids, machines: machineSide.machines, lookup, url }, delays);
  const observer = new Observer(platform.requests, platform.faults, clock);
  const seed = () => {
    applySeed(platform, DEFAULT_SEED);
    if (parts.seed) applySeed(platform, parts.seed);
  };
  const reset = async () => {
    await removeEverything(platform);
    seed();
  };
  const api = createApi(platform, {
    dataRoutes: machineSide.dataRoutes,
    openRoutes: [pageRoutes(platform), controlRoutes(platform, { instanceId, reset }), machineSide.openRoutes],
  });
  return {
    platform,
    machineSide,
    url,
    observer,
    fetch: observer.fetch(async (request, bindings) => api.fetch(request, bindings)),
    start: async () => {
      seed();
      await machineSide.start(platform.provisioner);
      platform.resume();
    },
    close: async () => {
      await machineSide.close();
      clock.close();
      await store.close();
    },
  };
}

/** Removes everything but settings such as the clock's offset. */
async function removeEverything(platform: Platform): Promise<void> {
  const { apps, core, delays, faults, rateLimits, requests } = platform;
  for (const app of core.store.collection("apps").all()) {
    const owner = core.store.collection("accounts").get(app.ownerId);
    if (owner) await apps.remove(app, owner);
  }
  await platform.idle();
  const settings = core.store.collection("settings").all();
  core.store.transaction(() => {
    core.store.clear();
    for (const setting of settings) core.store.collection("settings").put(setting);
  });
  faults.clear();
  rateLimits.clear();
  requests.clear();
  delays.reset();
}
