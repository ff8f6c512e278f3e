import { createServer, type IncomingMessage, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Instance } from "./instance";
import { UsageError } from "./options";

const LOOPBACK = ["127.0.0.1", "::1"] as const;

/**
 * Listens on the one port: `<app>.localhost` and apps' own domains go to the router, `/v2/` to the
 * registry, the rest to the APIs. The port is taken at once; requests wait until `ready`. Answers what closes it.
 */
export async function listen(
  instance: Instance,
  port: number,
  ready = Promise.resolve(),
): Promise<() => Promise<void>> {
  const servers: Server[] = [];
  for (const host of LOOPBACK) {
    const server = createServerFor(instance, ready);
    try {
      if (await isListening(server, host, port)) servers.push(server);
    } catch (error) {
      await Promise.all(servers.map(close));
      throw error;
    }
  }
  return async () => {
    await Promise.all(servers.map(close));
  };
}

function createServerFor(instance: Instance, ready: Promise<void>): Server {
  const { machineSide, platform } = instance;
  const api = getRequestListener((request, { incoming }) => instance.fetch(request, { socket: incoming.socket }));
  const isRouted = ({ headers }: IncomingMessage) => {
    const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    return (
      host.endsWith(".localhost") || platform.core.store.collection("domains").find("hostname", host) !== undefined
    );
  };
  const server = createServer(async (request, response) => {
    await ready;
    if (isRouted(request)) machineSide.router.request(request, response);
    else if (/^\/v2(\/|$)/.test(request.url ?? "")) machineSide.registry.request(request, response);
    else void api(request, response);
  });
  server.on("upgrade", async (request, socket, head) => {
    await ready;
    const { router } = machineSide;
    if (isRouted(request) && router.upgrade) router.upgrade(request, socket, head);
    else socket.destroy();
  });
  // The router has its own limits; a blob or a stream may take longer than Node's five minutes.
  server.requestTimeout = 0;
  return server;
}

/** False where the machine has no IPv6. */
async function isListening(server: Server, host: string, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => resolve());
    });
    return true;
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") {
      throw new UsageError(`port ${port} is taken; end the program that listens there, or choose another with --port`);
    }
    if (host === "::1" && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")) return false;
    throw error;
  }
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
