import { type Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from "node:http";
import { IdleTimer } from "./idle-timer";
import type { RoutedRequest } from "./routed-request";
import { RouterError, type RouterErrorCode } from "./router-errors";
import type { RouterLimits } from "./router-limits";
import type { Target } from "./web-target";

/**
 * Sends one request to a dyno and its reply back, streaming both. Rejects with a {@link RouterError}. A request without
 * a body is sent again if the dyno was just closing the connection.
 */
export async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  routed: RoutedRequest,
  target: Target,
  agent: Agent,
  limits: RouterLimits,
): Promise<void> {
  try {
    await send(incoming, response, routed, target, agent, limits);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    await send(incoming, response, routed, target, false, limits);
  }
}

/** The dyno closed an idle connection at the moment of its use. */
class StaleConnection extends Error {}

function send(
  incoming: IncomingMessage,
  response: ServerResponse,
  routed: RoutedRequest,
  target: Target,
  agent: Agent | false,
  limits: RouterLimits,
): Promise<void> {
  routed.dyno = target.dyno;
  return new Promise((resolve, reject) => {
    const { host, port } = target;
    const began = Date.now();
    const outgoing = request({
      host,
      port,
      agent,
      method: incoming.method,
      path: incoming.url,
      headers: routed.headers(),
    });
    let settled = false;
    const settle = () => {
      const first = !settled;
      settled = true;
      timer.stop();
      return first;
    };
    const fail = (code: RouterErrorCode) => {
      if (!settle()) return;
      outgoing.destroy();
      reject(new RouterError(code, target.dyno));
    };
    let connected = false;
    const timer = new IdleTimer(limits.connect, () => {
      if (connected) fail(response.headersSent ? "H15" : "H12");
      else fail("H19");
    });
    // The body is read only once a dyno is connected: until then, another dyno can be tried.
    const start = () => {
      connected = true;
      timer.restart(limits.firstByte);
      sendBody(incoming, outgoing, timer);
    };
    outgoing.on("socket", (socket) => {
      if (!socket.connecting) start();
      else
        socket.once("connect", () => {
          routed.connectMs = Date.now() - began;
          start();
        });
    });
    const left = () => {
      if (!response.writableFinished) fail("H27");
    };
    response.on("close", left);
    outgoing.on("error", (error) => {
      const isStale = outgoing.reusedSocket && !response.headersSent && hasNoBody(incoming);
      if (!isStale) fail(response.headersSent ? "H18" : codeOf(error, connected));
      else if (settle()) {
        response.off("close", left);
        reject(new StaleConnection());
      }
    });
    outgoing.on("response", (reply) => {
      timer.restart(limits.idle);
      response.writeHead(reply.statusCode ?? 502, reply.statusMessage, routed.replyHeaders(reply.headers));
      // The client must see that a stream of events is open before its first event.
      response.flushHeaders();
      reply.on("data", (chunk: Buffer) => {
        timer.touch();
        routed.bytes += chunk.length;
      });
      reply.on("aborted", () => fail("H18"));
      reply.on("error", () => fail("H18"));
      response.on("finish", () => {
        if (!settle()) return;
        routed.log(reply.statusCode ?? 502);
        resolve();
      });
      reply.pipe(response);
    });
  });
}

function hasNoBody({ method, headers }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && !headers["content-length"] && !headers["transfer-encoding"];
}

function sendBody(incoming: IncomingMessage, outgoing: ClientRequest, timer: IdleTimer): void {
  // A long upload is not a slow app: the time for the first byte starts with the last byte of the request.
  incoming.on("data", () => timer.touch());
  incoming.pipe(outgoing);
}

function codeOf(error: Error, connected: boolean): RouterErrorCode {
  if (connected) return "H13";
  return "code" in error && error.code === "ETIMEDOUT" ? "H19" : "H21";
}
