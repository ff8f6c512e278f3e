import { createHash } from "node:crypto";
import { networkInterfaces } from "node:os";
import { type Engine, unless } from "./engine";

/** A network of an instance. Fixed addresses are in its lower half; Docker assigns those in the upper half. */
export interface Network {
  name: string;
  /** Address and mask, such as `10.211.16.0/20`. */
  subnet: string;
}

const PREFIX_LENGTH = 20;
const CANDIDATES = 50 * 16;

/** The network, created if necessary on a subnet that neither Docker nor this machine uses. */
export async function ensureNetwork(engine: Engine, suffix: string): Promise<Network> {
  const name = engine.name(suffix);
  const existing = await engine.docker.getNetwork(name).inspect().catch(unless(404, undefined));
  const subnet: string | undefined = existing?.IPAM?.Config?.[0]?.Subnet;
  if (subnet) return { name, subnet };

  const first = createHash("sha256").update(name).digest().readUInt16BE(0) % CANDIDATES;
  for (let step = 0; step < CANDIDATES; step++) {
    const candidate = subnetAt((first + step) % CANDIDATES);
    if (usedByThisMachine(candidate)) continue;
    const created = await engine.docker
      .createNetwork({
        Name: name,
        Driver: "bridge",
        CheckDuplicate: true,
        Labels: engine.labels(),
        IPAM: {
          Driver: "default",
          Config: [{ Subnet: candidate, Gateway: text(baseOf(candidate) + 1), IPRange: upperHalf(candidate) }],
        },
      })
      .catch(unless([400, 403, 500], undefined));
    if (created) return { name, subnet: candidate };
  }
  throw new Error("there is no free private subnet for the containers of Local Heroku; remove unused Docker networks");
}

/** The fixed address of a network with this index, from 0; undefined past the last one. */
export function fixedAddress(network: Network, index: number): string | undefined {
  // The first address is the network itself, the second its gateway.
  const size = 2 ** (32 - PREFIX_LENGTH - 1);
  return index + 2 < size ? text(baseOf(network.subnet) + index + 2) : undefined;
}

/** 10.200.0.0 to 10.249.255.255 in steps of a subnet's size. */
function subnetAt(index: number): string {
  return `10.${200 + Math.floor(index / 16)}.${(index % 16) * 16}.0/${PREFIX_LENGTH}`;
}

function upperHalf(subnet: string): string {
  return `${text(baseOf(subnet) + 2 ** (32 - PREFIX_LENGTH - 1))}/${PREFIX_LENGTH + 1}`;
}

function usedByThisMachine(subnet: string): boolean {
  const block = Math.floor(baseOf(subnet) / 2 ** (32 - PREFIX_LENGTH));
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some(
      ({ family, address }) => family === "IPv4" && Math.floor(baseOf(address) / 2 ** (32 - PREFIX_LENGTH)) === block,
    );
}

function baseOf(address: string): number {
  const bytes = (address.split("/")[0] ?? "").split(".").map(Number);
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function text(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
