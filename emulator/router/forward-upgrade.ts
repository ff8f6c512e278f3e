import { type IncomingMessage, request } from "node:http";
import type { Duplex } from "node:stream";
import { IdleTimer } from "./idle-timer";
import type { RoutedRequest } from "./routed-request";
import { RouterError, type RouterErrorCode } from "./router-errors";
import type { RouterLimits } from "./router-limits";
import type { Target } from "./web-target";

/**
 * Sends a WebSocket (or any other upgrade) to a dyno, then passes bytes both ways until one side ends or both are
 * silent.
 */
export function forwardUpgrade(
  incoming: IncomingMessage,
  client: Duplex,
  head: Buffer,
  routed: RoutedRequest,
  target: Target,
  limits: RouterLimits,
): Promise<void> {
  routed.dyno = target.dyno;
  return new Promise((resolve, reject) => {
    const { host, port } = target;
    const began = Date.now();
    const headers = { ...routed.headers(), connection: "Upgrade", upgrade: incoming.headers.upgrade };
    const outgoing = request({ host, port, method: incoming.method, path: incoming.url, headers, agent: false });
    let connected = false;
    const fail = (code: RouterErrorCode) => {
      timer.stop();
      outgoing.destroy();
      reject(new RouterError(code, target.dyno));
    };
    const timer = new IdleTimer(limits.connect, () => fail(connected ? "H12" : "H19"));
    outgoing.on("error", () => fail(connected ? "H13" : "H21"));
    outgoing.on("socket", (socket) =>
      socket.once("connect", () => {
        connected = true;
        routed.connectMs = Date.now() - began;
        timer.restart(limits.firstByte);
      }),
    );
    client.on("close", () => outgoing.destroy());

    outgoing.on("response", (reply) => {
      timer.stop();
      client.write(statusLine(reply, routed, { connection: "close" }));
      reply.pipe(client);
      reply.on("end", () => routed.log(reply.statusCode ?? 502));
      resolve();
    });
    outgoing.on("upgrade", (reply, server, rest) => {
      timer.stop();
      client.write(statusLine(reply, routed, { connection: "Upgrade" }));
      if (rest.length > 0) client.write(rest);
      if (head.length > 0) server.write(head);
      passBothWays(client, server, routed, limits.idle);
      resolve();
    });
    outgoing.end();
  });
}

function passBothWays(client: Duplex, server: Duplex, routed: RoutedRequest, idleSeconds: number): void {
  let idle = false;
  const timer = new IdleTimer(idleSeconds, () => {
    idle = true;
    client.destroy();
  });
  const end = () => {
    client.destroy();
    server.destroy();
  };
  client.on("data", () => timer.touch());
  server.on("data", (chunk: Buffer) => {
    timer.touch();
    routed.bytes += chunk.length;
  });
  server.on("error", end);
  server.on("close", end);
  client.on("close", () => {
    timer.stop();
    server.destroy();
    if (idle) routed.log(503, "H15");
    else routed.log(101);
  });
  client.pipe(server);
  server.pipe(client);
}

function statusLine(reply: IncomingMessage, routed: RoutedRequest, extra: Record<string, string>): string {
  const { "transfer-encoding": _, ...headers } = { ...routed.replyHeaders(reply.headers), ...extra };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}`),
  );
  return [`HTTP/1.1 ${reply.statusCode} ${reply.statusMessage}`, ...lines, "", ""].join("\r\n");
}
