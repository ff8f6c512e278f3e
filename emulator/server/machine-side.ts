import Dockerode from "dockerode";
import { Hono } from "hono";
import type { MachineContext, MachineSide } from "../contract";
import { dataRoutes, openDataRoutes } from "../data-api/data-routes";
import { DataServices } from "../data-api/data-services";
import { ServiceContainers } from "../data-api/service-containers";
import { Engine } from "../docker/engine";
import { ensureNetwork } from "../docker/networks";
import { detectReach } from "../docker/reach";
import { ensureServiceImage } from "../docker/service-image";
import { DynoManager } from "../dynos/dyno-manager";
import { ImageSource } from "../dynos/image-source";
import { type DynoLimits, HEROKU_DYNO_LIMITS } from "../dynos/limits";
import { logStreamRoutes } from "../logplex/log-stream-routes";
import { Logplex } from "../logplex/logplex";
import { BackingRegistry } from "../registry/backing-registry";
import { RegistryFront } from "../registry/registry-front";
import { RegistryImages } from "../registry/registry-images";
import { AppRouter } from "../router/app-router";
import { HEROKU_ROUTER_LIMITS, type RouterLimits } from "../router/router-limits";

/** What tests change. */
export interface MachineOptions {
  docker?: Dockerode;
  dynoLimits?: DynoLimits;
  routerLimits?: RouterLimits;
  /** Called at slow steps of the start. */
  progress?: (line: string) => void;
}

/** Creates the rooms that run containers; rejects with one clear message if there is no Docker engine. */
export async function createMachines(context: MachineContext, options: MachineOptions = {}): Promise<MachineSide> {
  const { store, clock, ids, instanceId, port, prebootMs } = context;
  const engine = new Engine(options.docker ?? new Dockerode(), instanceId);
  await engine.check();
  const progress = options.progress ?? (() => {});
  const [image, network, reach] = await Promise.all([
    ensureServiceImage(engine, progress),
    ensureNetwork(engine, "dynos"),
    detectReach(engine),
  ]);

  const logs = new Logplex(store, clock, ids);
  const backing = new BackingRegistry(engine, image, reach);
  const images = new RegistryImages(backing);
  const pullPassword = ids.hex(48);
  const registry = new RegistryFront(context, backing, `Basic ${btoa(`_:${pullPassword}`)}`);
  const source = new ImageSource(engine, images, { host: `localhost:${port}`, password: pullPassword });
  const limits = options.dynoLimits ?? HEROKU_DYNO_LIMITS;
  const tools = { engine, images: source, logs, clock, limits, reach, network: network.name, prebootMs };
  const dynos = new DynoManager(store, tools, ids);
  const router = new AppRouter(context, dynos, logs, options.routerLimits ?? HEROKU_ROUTER_LIMITS);

  const data = new DataServices(context, new ServiceContainers(engine, store, network, image, reach));

  return {
    machines: { dynos, images, logs, services: data.services },
    router,
    registry,
    dataRoutes: dataRoutes(data),
    openRoutes: new Hono().route("/", logStreamRoutes(store, logs)).route("/", openDataRoutes(data)),
    async start(events) {
      await Promise.all([backing.start(), data.start(events), dynos.start()]);
      images
        .removeOrphans((appId) => store.collection("apps").get(appId) !== undefined)
        .catch((error: Error) => console.error(`images of removed apps could not be removed: ${error.message}`));
    },
    async close() {
      router.close();
      logs.close();
      await Promise.all([dynos.close(), data.close()]);
      backing.close();
    },
    async destroy() {
      await engine.destroy();
      await source.forgetAll();
    },
  };
}
