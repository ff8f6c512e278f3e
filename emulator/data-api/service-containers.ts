import type { ContainerInspectInfo } from "dockerode";
import type { ContainerSpec, Engine } from "../docker/engine";
import { ensureRunning } from "../docker/ensure-running";
import { freePort } from "../docker/free-port";
import { fixedAddress, type Network } from "../docker/networks";
import type { Reach } from "../docker/reach";
import type { AddonRecord } from "../store/entities";
import type { Store } from "../store/store";

/** The label with the add-on's id. */
const ADDON_LABEL = "local-heroku.addon";
const ADDRESS_LABEL = "local-heroku.address";

/** The end of the names of containers and volumes. */
const NAME = /-([a-z]+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where dynos and this machine reach a data service. */
export interface ServiceAddress {
  host: string;
  port: number;
}

/** What differs between the containers of the services. */
interface ServiceSpec extends Pick<ContainerSpec, "command" | "user" | "memory" | "stopSignal"> {
  /** `postgres` or `redis`: the container's role and the start of its name. */
  role: string;
  /** The folder of the service's data. */
  folder: string;
  prepare?: (containerId: string) => Promise<void>;
}

/**
 * The containers of data services, one per add-on, each with a volume and a permanent address: config vars hold the
 * address, so it must not change when a container is recreated.
 */
export class ServiceContainers {
  private readonly reserved = new Map<string, ServiceAddress>();

  constructor(
    readonly engine: Engine,
    private readonly store: Store,
    private readonly network: Network,
    private readonly image: string,
    readonly reach: Reach,
  ) {}

  name(role: string, addonId: string): string {
    return `${role}-${addonId}`;
  }

  /** The container's full name. */
  fullName(role: string, addonId: string): string {
    return this.engine.name(this.name(role, addonId));
  }

  /** Creates and starts the add-on's container if necessary. */
  async ensure(addon: AddonRecord, address: ServiceAddress, spec: ServiceSpec): Promise<ContainerInspectInfo> {
    const { role, folder, prepare, ...rest } = spec;
    const name = this.name(role, addon.id);
    const published = this.reach === "published";
    return ensureRunning(
      this.engine,
      {
        ...rest,
        name,
        image: this.image,
        role,
        labels: { [ADDON_LABEL]: addon.id, [ADDRESS_LABEL]: `${address.host}:${address.port}` },
        network: this.network.name,
        ip: published ? undefined : address.host,
        aliases: published ? [address.host] : undefined,
        publish: published ? { [address.port]: address.port } : undefined,
        volumes: { [folder]: this.engine.name(name) },
        restarts: true,
      },
      prepare,
    );
  }

  /** The host for this process: not every system resolves names under `.localhost`. */
  hostFor(address: ServiceAddress): string {
    return this.reach === "published" ? "127.0.0.1" : address.host;
  }

  async setMemory(role: string, addonId: string, memory: number): Promise<void> {
    await this.engine.docker.getContainer(this.fullName(role, addonId)).update({ Memory: memory, MemorySwap: memory });
  }

  /** Removes the add-on's container and its data. */
  async remove(role: string, addonId: string): Promise<void> {
    await this.engine.remove(this.fullName(role, addonId));
    await this.engine.removeVolume(this.name(role, addonId));
    this.reserved.delete(addonId);
  }

  /** Removes containers and volumes whose add-on no longer exists. */
  async removeOrphans(): Promise<void> {
    const names = (await this.engine.list(ADDON_LABEL)).flatMap(({ Names }) => Names.map((name) => name.slice(1)));
    const isGone = (state: string | undefined) => state === undefined || state === "deprovisioned";
    for (const name of new Set([...names, ...(await this.engine.volumes())])) {
      const [, role = "", addonId = ""] = NAME.exec(name) ?? [];
      if (role !== "" && isGone(this.store.collection("addons").get(addonId)?.state)) await this.remove(role, addonId);
    }
  }

  /** The add-on's address: from its config var, from its container's label, or a new one. */
  async addressOf(addon: AddonRecord, role: string, port: number): Promise<ServiceAddress> {
    const known = addressIn(addon) ?? this.reserved.get(addon.id) ?? (await this.labelled(role, addon.id));
    const address = known ?? (await this.free(addon, port));
    this.reserved.set(addon.id, address);
    return address;
  }

  private async labelled(role: string, addonId: string): Promise<ServiceAddress | undefined> {
    const found = await this.engine.find(this.name(role, addonId));
    const [host, port] = found?.Config.Labels[ADDRESS_LABEL]?.split(":") ?? [];
    return host === undefined ? undefined : { host, port: Number(port) };
  }

  private async free(addon: AddonRecord, port: number): Promise<ServiceAddress> {
    if (this.reach === "published") return { host: `${addon.name}.localhost`, port: await freePort() };
    const labels = (await this.engine.list(ADDON_LABEL)).map(({ Labels }) => Labels[ADDRESS_LABEL]?.split(":")[0]);
    const addresses = this.store
      .collection("addons")
      .all()
      .map((each) => addressIn(each)?.host);
    const taken = new Set([...labels, ...addresses, ...[...this.reserved.values()].map(({ host }) => host)]);
    for (let index = 0; ; index++) {
      const host = fixedAddress(this.network, index);
      if (host === undefined)
        throw new Error("Local Heroku's network has no free address; destroy add-ons that are not needed");
      if (taken.has(host)) continue;
      // Nothing is awaited after `reserved` was read, so that no other add-on can take it.
      return { host, port };
    }
  }
}

function addressIn(addon: AddonRecord): ServiceAddress | undefined {
  const url = addon.values.URL;
  if (url === undefined) return undefined;
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
