import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type Dockerode from "dockerode";

/** How this process reaches the Docker engine, and what the engine publishes. */
export interface Engine {
  docker: Dockerode;
  /** Address that a container's port is published on, as the engine sees it, and as this process does. */
  publishOn: string;
  reachAt: string;
}

/**
 * The engine that `docker` uses: that of DOCKER_HOST, else of the client's context. Its API is used because only that
 * builds with BuildKit where the client's plugin buildx is missing, and because it is how the Docker provider builds.
 */
export async function connectDocker(): Promise<Engine> {
  // Loaded here: it takes a while, and most starts of the plugin have no use for it.
  const { default: Docker } = await import("dockerode");
  const host = process.env.DOCKER_HOST || (await hostOfContext());
  // Dockerode knows no contexts, and no other way to be told of every kind of address.
  if (host) process.env.DOCKER_HOST = host;
  const remote = host && /^(tcp|ssh|https?):/.test(host) ? new URL(host).hostname : undefined;
  const isHere = remote === undefined || ["localhost", "127.0.0.1", "[::1]"].includes(remote);
  return {
    docker: new Docker(),
    publishOn: isHere ? "127.0.0.1" : "0.0.0.0",
    reachAt: isHere ? "127.0.0.1" : remote,
  };
}

/** Where the client's context points, unless that is where everyone looks. A missing client has no context. */
async function hostOfContext(): Promise<string | undefined> {
  try {
    const format = "{{.Name}} {{.Endpoints.docker.Host}}";
    const { stdout } = await promisify(execFile)("docker", ["context", "inspect", "--format", format]);
    const [name, host] = stdout.trim().split(" ");
    return name === "default" ? undefined : host;
  } catch {
    return undefined;
  }
}

/** What of an engine decides about the images that it builds. */
export interface EngineFacts {
  /** Whether images are kept in containerd's store, from which OCI manifests are pushed. */
  containerdStore: boolean;
  /** As in `linux/amd64`. */
  platform: string;
}

export async function engineFacts({ docker }: Engine): Promise<EngineFacts> {
  const info: { DriverStatus?: string[][]; OSType?: string; Architecture?: string } = await docker.info();
  const architecture = info.Architecture?.replace("x86_64", "amd64").replace("aarch64", "arm64");
  return {
    containerdStore: (info.DriverStatus ?? []).some(([, value]) => value?.startsWith("io.containerd.snapshotter")),
    platform: `${info.OSType}/${architecture}`,
  };
}
