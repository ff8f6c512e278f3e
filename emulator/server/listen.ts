import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Server as NetServer, Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { getRequestListener } from "@hono/node-server";
import { CUT } from "../http/observe";
import { RegistryError, sendRegistryError } from "../registry/registry-error";
import { UsageError } from "../usage-error";
import type { Certificates } from "./certificates";
import { eitherProtocol } from "./either-protocol";
import type { Instance } from "./instance";

/** As long as Heroku's router keeps its connections to dynos (Dev Center, "HTTP Routing"). */
const KEEP_ALIVE_MS = 90_000;

const LOOPBACK = ["127.0.0.1", "::1"] as const;

/** A port, and the option that chose it. */
export interface Door {
  readonly port: number;
  readonly option: string;
}

/**
 * Listens for HTTP and HTTPS on each port: apps' host names go to the router, `/v2/` to the registry, the rest to the
 * APIs. The ports are taken at once; requests wait for `ready`. Returns a function that closes them.
 */
export async function listen(
  instance: Instance,
  doors: readonly Door[],
  certificates: Certificates,
  ready = Promise.resolve(),
): Promise<() => Promise<void>> {
  const plain = createServer();
  const secure = createHttpsServer({ ...certificates.default, SNICallback: hostCertificates(instance, certificates) });
  for (const server of [plain, secure]) serve(server, instance, ready);
  const connections = new Set<Socket>();
  const listening: NetServer[] = [];
  const closeAll = async () => {
    const closed = Promise.all(listening.map((server) => new Promise((resolve) => server.close(resolve))));
    for (const socket of connections) socket.destroy();
    await closed;
  };
  for (const door of doors) {
    for (const host of LOOPBACK) {
      const server = eitherProtocol(plain, secure);
      server.on("connection", (socket) => {
        connections.add(socket);
        socket.once("close", () => connections.delete(socket));
      });
      try {
        if (await isListening(server, host, door)) listening.push(server);
      } catch (error) {
        await closeAll();
        throw error;
      }
    }
  }
  return closeAll;
}

/** Answers which certificate a client gets: that of the app whose host name it asks for, else the instance's own. */
function hostCertificates({ platform }: Instance, certificates: Certificates) {
  return (name: string, done: (error: Error | null, context?: SecureContext) => void) => {
    const host = name.toLowerCase();
    if (platform.lookup.findAppByHost(host) === undefined) done(null);
    else
      certificates.of(host).then(
        (context) => done(null, context),
        (error: Error) => done(error),
      );
  };
}

function serve(server: Server, instance: Instance, ready: Promise<void>): void {
  const { router } = instance.machineSide;
  const { lookup } = instance.platform;
  const api = getRequestListener((request, { incoming }) => instance.fetch(request, { socket: incoming.socket }));
  const isRouted = ({ headers }: IncomingMessage) => {
    const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    return host.endsWith(".localhost") || lookup.findAppByHost(host) !== undefined;
  };
  server.on("request", async (request, response) => {
    await ready;
    if (isRouted(request)) router.request(request, response);
    else if (/^\/v2(\/|$)/.test(request.url ?? "")) void serveRegistry(instance, request, response).catch(() => {});
    else void api(request, response);
  });
  server.on("upgrade", async (request, socket, head) => {
    await ready;
    if (isRouted(request) && router.upgrade) router.upgrade(request, socket, head);
    else socket.destroy();
  });
  // The router has its own limits; a blob or a stream may take longer than Node's five minutes.
  server.requestTimeout = 0;
  // A shorter time could close an idle connection just as its client sends the next request.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
}

/** Rejects when the connection is cut. */
async function serveRegistry(instance: Instance, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers, socket } = request;
  await instance.observer.observe({
    method,
    path: url.replace(/\?.*/, ""),
    userAgent: headers["user-agent"] ?? "",
    serve: async () => {
      const closed = once(response, "close");
      instance.machineSide.registry.request(request, response);
      await closed;
      return response.writableFinished ? response.statusCode : CUT;
    },
    statusOf: (status) => status,
    refuse: (status, id = "unknown") => {
      sendRegistryError(response, new RegistryError(status, id.toUpperCase(), "injected by the control API"));
      return status;
    },
    cut: (when) => {
      // The reply is complete by then; cutting would hit the client's next request.
      if (when === "after") return;
      socket.destroy();
      throw new Error("connection cut");
    },
  });
}

/** False where the machine has no IPv6. */
async function isListening(server: NetServer, host: string, { port, option }: Door): Promise<boolean> {
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
      throw new UsageError(`port ${port} needs root; run Local Heroku as root, or choose 1024 or more with ${option}`);
    }
    if (host === "::1" && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")) return false;
    throw error;
  }
}
