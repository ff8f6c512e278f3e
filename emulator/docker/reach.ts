import type Dockerode from "dockerode";
import type { Engine } from "./engine";

/**
 * How this process and users' tools reach containers: at their own addresses (an engine on this Linux machine), or
 * through ports published on loopback (Docker Desktop runs containers in a virtual machine).
 */
export type Reach = "address" | "published";

/** How the containers of this engine are reached. */
export async function detectReach(engine: Engine): Promise<Reach> {
  if (process.platform !== "linux") return "published";
  const info: { OperatingSystem?: string } = await engine.docker.info();
  return info.OperatingSystem?.includes("Docker Desktop") ? "published" : "address";
}

/** Where to connect to a container's port from this process; undefined if it does not run. */
export function endpointOf(
  container: Dockerode.ContainerInspectInfo,
  reach: Reach,
  port: number,
): { host: string; port: number } | undefined {
  if (reach === "published") {
    const published = container.NetworkSettings.Ports[`${port}/tcp`]?.[0]?.HostPort;
    return published === undefined ? undefined : { host: "127.0.0.1", port: Number(published) };
  }
  const [network] = Object.values(container.NetworkSettings.Networks);
  return network?.IPAddress ? { host: network.IPAddress, port } : undefined;
}
