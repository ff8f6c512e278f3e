import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import type { Certificate } from "../certificate";
import { observedHandler } from "../http/observe";
import { UsageError } from "../usage-error";
import type { Instance } from "./instance";

/** As long as Heroku's router keeps its connections to dynos (Dev Center, "HTTP Routing"). */
const KEEP_ALIVE_MS = 90_000;

const LOOPBACK = ["127.0.0.1", "::1"] as const;

/** A port, the option that chose it, and the certificate if it speaks HTTPS. */
export interface Door {
  readonly port: number;
  readonly option: string;
  readonly certificate?: Certificate;
}

/**
 * Listens: `<app>.localhost` and apps' own domains go to the router, `/v2/` to the registry, the rest to the
 * APIs. The ports are taken at once; requests wait until `ready`. Answers what closes them.
 */
export async function listen(
  instance: Instance,
  doors: readonly Door[],
  ready = Promise.resolve(),
): Promise<() => Promise<void>> {
  const servers: Server[] = [];
  const closeAll = async () => {
    await Promise.all(servers.map(close));
  };
  for (const door of doors) {
    for (const host of LOOPBACK) {
      const { certificate } = door;
      const server = certificate
        ? createHttpsServer({ key: certificate.key, cert: certificate.certificate })
        : createServer();
      serve(server, instance, ready);
      try {
        if (await isListening(server, host, door)) servers.push(server);
      } catch (error) {
        await closeAll();
        throw error;
      }
    }
  }
  return closeAll;
}

function serve(server: Server, instance: Instance, ready: Promise<void>): void {
  const { machineSide, platform } = instance;
  const api = getRequestListener((request, { incoming }) => instance.fetch(request, { socket: incoming.socket }));
  const isRouted = ({ headers }: IncomingMessage) => {
    const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    return host.endsWith(".localhost") || platform.lookup.findAppByHost(host) !== undefined;
  };
  const { requests, faults, core } = platform;
  const registry = observedHandler(
    (request, response) => machineSide.registry.request(request, response),
    requests,
    faults,
    core.clock,
  );
  server.on("request", async (request, response) => {
    await ready;
    if (isRouted(request)) machineSide.router.request(request, response);
    else if (/^\/v2(\/|$)/.test(request.url ?? "")) void registry(request, response);
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
  // Given up sooner, an idle connection could be closed just as its client sends the next request.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
}

/** False where the machine has no IPv6. */
async function isListening(server: Server, host: string, { port, option }: Door): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => resolve());
    });
    return true;
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") {
      throw new UsageError(
        `port ${port} is taken; end the program that listens there, or choose another with ${option}`,
      );
    }
    if (code === "EACCES") {
      throw new UsageError(
        `port ${port} is not for this user; run Local Heroku as root, or choose 1024 or more with ${option}`,
      );
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
