import type Dockerode from "dockerode";
import { DockerUnavailableError } from "./docker-unavailable-error";

/** The label of every Docker object of an instance. */
const INSTANCE_LABEL = "local-heroku.instance";

/** The label with a container's purpose: `dyno`, `one-off`, `release`, `postgres`, `redis`, `registry`. */
const ROLE_LABEL = "local-heroku.role";

/** A container to create. Its name gets the instance's prefix. */
export interface ContainerSpec {
  name: string;
  image: string;
  role: string;
  labels?: Record<string, string>;
  command?: string[];
  entrypoint?: string[];
  env?: Record<string, string>;
  user?: string;
  /** Full name of the network; the container's fixed address and further names there. */
  network: string;
  ip?: string;
  aliases?: string[];
  /** Hard limit, bytes. */
  memory?: number;
  /** Soft limit, bytes. */
  memoryReservation?: number;
  /** Limit for processes and threads. */
  processes?: number;
  /** Keeps programs with the setuid bit from gaining privileges. */
  noNewPrivileges?: boolean;
  /** Named volumes by mount point. */
  volumes?: Record<string, string>;
  /** Host ports on loopback by container port; 0 for any free port. */
  publish?: Record<number, number>;
  stopSignal?: string;
  /** Runs the command under an init process, which reaps children and forwards signals. */
  init?: boolean;
  /** Restarted by Docker when it fails. */
  restarts?: boolean;
}

/** A container in the engine's list. */
export type Listed = Dockerode.ContainerInfo;

/** The Docker engine as one instance uses it: everything it creates has the instance's name and label. */
export class Engine {
  constructor(
    readonly docker: Dockerode,
    readonly instanceId: string,
  ) {}

  /** Rejects with a {@link DockerUnavailableError} if the engine cannot be reached. */
  async check(): Promise<void> {
    try {
      await this.docker.ping();
    } catch (error) {
      throw new DockerUnavailableError(error);
    }
  }

  name(suffix: string): string {
    return `local-heroku-${this.instanceId}-${suffix}`;
  }

  labels(extra: Record<string, string> = {}): Record<string, string> {
    return { [INSTANCE_LABEL]: this.instanceId, ...extra };
  }

  /** The containers of this instance, running or not, with the labels (`key` or `key=value`). */
  async list(...labels: string[]): Promise<Listed[]> {
    return this.docker.listContainers({ all: true, filters: this.filters(...labels) });
  }

  async create(spec: ContainerSpec): Promise<Dockerode.Container> {
    const ports = Object.entries(spec.publish ?? {});
    return this.docker.createContainer({
      name: this.name(spec.name),
      Image: spec.image,
      Labels: this.labels({ [ROLE_LABEL]: spec.role, ...spec.labels }),
      Cmd: spec.command,
      Entrypoint: spec.entrypoint,
      Env: Object.entries(spec.env ?? {}).map(([name, value]) => `${name}=${value}`),
      User: spec.user,
      StopSignal: spec.stopSignal,
      ExposedPorts: Object.fromEntries(ports.map(([port]) => [`${port}/tcp`, {}])),
      HostConfig: {
        NetworkMode: spec.network,
        Init: spec.init,
        Memory: spec.memory,
        MemorySwap: spec.memory,
        MemoryReservation: spec.memoryReservation,
        PidsLimit: spec.processes,
        SecurityOpt: spec.noNewPrivileges ? ["no-new-privileges"] : undefined,
        Mounts: Object.entries(spec.volumes ?? {}).map(([target, volume]) => ({
          Type: "volume" as const,
          Source: volume,
          Target: target,
          VolumeOptions: { NoCopy: false, Labels: this.labels(), DriverConfig: { Name: "local", Options: {} } },
        })),
        PortBindings: Object.fromEntries(
          ports.map(([port, host]) => [`${port}/tcp`, [{ HostIp: "127.0.0.1", HostPort: String(host) }]]),
        ),
        RestartPolicy: spec.restarts ? { Name: "on-failure" } : undefined,
        LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "2" } },
      },
      NetworkingConfig: {
        EndpointsConfig: {
          [spec.network]: { Aliases: spec.aliases, IPAMConfig: spec.ip ? { IPv4Address: spec.ip } : undefined },
        },
      },
    });
  }

  /** The container of this instance with this name. */
  async find(suffix: string): Promise<Dockerode.ContainerInspectInfo | undefined> {
    return this.docker.getContainer(this.name(suffix)).inspect().catch(unless(404, undefined));
  }

  /** Removes a container by id or full name with its anonymous volumes, if it exists. */
  async remove(container: string): Promise<void> {
    // 409: another call is removing it.
    await this.docker
      .getContainer(container)
      .remove({ force: true, v: true })
      .catch(unless([404, 409], undefined));
  }

  /** Full names of the volumes of this instance. */
  async volumes(): Promise<string[]> {
    const { Volumes } = await this.docker.listVolumes({ filters: this.filters() });
    return (Volumes ?? []).map(({ Name }) => Name);
  }

  async removeVolume(suffix: string): Promise<void> {
    await this.docker.getVolume(this.name(suffix)).remove({ force: true }).catch(unless(404, undefined));
  }

  /** Stops with the container's own signal, then kills after `seconds`. */
  async stop(container: string, seconds: number): Promise<void> {
    // 304: it has stopped already.
    await this.docker
      .getContainer(container)
      .stop({ t: seconds })
      .catch(unless([304, 404], undefined));
  }

  /** Removes every container, volume and network of this instance. */
  async destroy(): Promise<void> {
    const filters = this.filters();
    const containers = await this.docker.listContainers({ all: true, filters });
    await Promise.all(containers.map((container) => this.remove(container.Id)));
    const volumes = await this.volumes();
    await Promise.all(volumes.map((name) => this.docker.getVolume(name).remove({ force: true })));
    const networks = await this.docker.listNetworks({ filters });
    await Promise.all(networks.map((network) => this.docker.getNetwork(network.Id).remove()));
  }

  private filters(...labels: string[]): string {
    return JSON.stringify({ label: [`${INSTANCE_LABEL}=${this.instanceId}`, ...labels] });
  }
}

/** For `catch`: returns `value` for the engine's status codes in `codes`, and throws any other error. */
export function unless<T>(codes: number | readonly number[], value: T): (error: unknown) => T {
  const expected = typeof codes === "number" ? [codes] : codes;
  return (error) => {
    if (error instanceof Error && "statusCode" in error && expected.includes(Number(error.statusCode))) return value;
    throw error;
  };
}
