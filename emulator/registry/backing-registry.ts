import { Agent, type IncomingMessage, type OutgoingHttpHeaders, type RequestOptions, request } from "node:http";
import type { Engine } from "../docker/engine";
import { ensureRunning } from "../docker/ensure-running";
import { exec } from "../docker/exec";
import { ensureNetwork, fixedAddress } from "../docker/networks";
import { endpointOf, type Reach } from "../docker/reach";
import { waitUntil } from "../docker/wait-until";

const PORT = 5000;
const REPOSITORIES = "/srv/registry/docker/registry/v2/repositories";

/** A complete reply in memory. */
export interface Reply {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/**
 * The container registry (Docker Distribution) that stores the images. It has a network of its own, which dynos cannot
 * reach: all access is through the front and its rules.
 */
export class BackingRegistry {
  private readonly agent = new Agent({ keepAlive: true });
  private endpoint: { host: string; port: number } = { host: "127.0.0.1", port: 0 };

  constructor(
    private readonly engine: Engine,
    private readonly image: string,
    private readonly reach: Reach,
  ) {}

  async start(): Promise<void> {
    const network = await ensureNetwork(this.engine, "registry");
    const container = await ensureRunning(this.engine, {
      name: "registry",
      image: this.image,
      role: "registry",
      command: ["docker-registry", "serve", "/etc/docker/registry/config.yml"],
      user: "docker-registry",
      network: network.name,
      ip: fixedAddress(network, 0),
      volumes: { "/srv/registry": this.engine.name("registry") },
      publish: this.reach === "published" ? { [PORT]: 0 } : {},
      restarts: true,
    });
    this.endpoint = endpointOf(container, this.reach, PORT) ?? this.endpoint;
    const isUp = () =>
      this.send("GET", "/v2/").then(
        ({ status }) => status === 200,
        () => false,
      );
    await waitUntil(isUp, 30, "the container registry did not start; see its container's log");
  }

  close(): void {
    this.agent.destroy();
  }

  /** Where to send a streamed request. */
  target(): Pick<RequestOptions, "host" | "port" | "agent"> {
    return { ...this.endpoint, agent: this.agent };
  }

  /** Sends a small request and reads the complete reply. */
  send(method: string, path: string, headers: OutgoingHttpHeaders = {}, body?: Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const length = body ? { "Content-Length": body.length } : {};
      const call = request({ ...this.target(), method, path, headers: { ...headers, ...length } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  /** Removes every repository of an app. */
  async removeRepositories(appId: string): Promise<void> {
    await exec(this.engine, this.engine.name("registry"), { command: ["rm", "-rf", `${REPOSITORIES}/${appId}`] });
  }

  /** Ids of the apps that have repositories. */
  async apps(): Promise<string[]> {
    const { stdout } = await exec(this.engine, this.engine.name("registry"), { command: ["ls", REPOSITORIES] });
    return stdout.split("\n").filter((line) => line !== "");
  }
}
