import { Agent, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { MachineContext, NodeHandler } from "../contract";
import type { Logs, WebDynoSource } from "../machines";
import type { AppRecord } from "../store/entities";
import { forward } from "./forward";
import { forwardUpgrade } from "./forward-upgrade";
import { RoutedRequest } from "./routed-request";
import { errorPage, pageFor, RouterError } from "./router-errors";
import { HEROKU_ROUTER_LIMITS, type RouterLimits } from "./router-limits";
import { WebTargets } from "./web-target";

/** Below the five seconds after which common servers drop idle connections, so that none is used at that moment. */
const IDLE_SOCKET_MS = 4_000;

/** Heroku's router: sends requests for apps' host names to their web dynos. */
export class AppRouter implements NodeHandler {
  private readonly agent = new Agent({ keepAlive: true, timeout: IDLE_SOCKET_MS });
  private readonly targets: WebTargets;

  constructor(
    private readonly context: Pick<MachineContext, "store" | "ids" | "findAppByHost">,
    dynos: WebDynoSource,
    private readonly logs: Logs,
    private readonly limits: RouterLimits = HEROKU_ROUTER_LIMITS,
  ) {
    this.targets = new WebTargets(context.store, dynos, limits.boot);
  }

  request(incoming: IncomingMessage, response: ServerResponse): void {
    const app = this.appOf(incoming);
    if (!app) {
      sendPage(response, 404, errorPage("No such app", "There is no app at this address."));
      return;
    }
    const routed = new RoutedRequest(incoming, app.id, this.logs, this.context.ids);
    this.targets
      .reach(app, (target) => forward(incoming, response, routed, target, this.agent, this.limits))
      .catch((error: unknown) => {
        const { code } = error instanceof RouterError ? error : new RouterError("H99");
        const status = code === "H27" ? 499 : 503;
        routed.log(status, code);
        if (response.headersSent) response.destroy();
        else sendPage(response, status, pageFor(code));
      });
  }

  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const app = this.appOf(incoming);
    if (!app) {
      refuse(socket, 404, "Not Found");
      return;
    }
    const routed = new RoutedRequest(incoming, app.id, this.logs, this.context.ids);
    this.targets
      .reach(app, (target) => forwardUpgrade(incoming, socket, head, routed, target, this.limits))
      .catch((error: unknown) => {
        const { code } = error instanceof RouterError ? error : new RouterError("H99");
        routed.log(503, code);
        refuse(socket, 503, "Service Unavailable");
      });
  }

  close(): void {
    this.agent.destroy();
  }

  private appOf({ headers }: IncomingMessage): AppRecord | undefined {
    return this.context.findAppByHost((headers.host ?? "").toLowerCase().replace(/:\d+$/, ""));
  }
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(page),
    "Cache-Control": "no-cache, no-store",
  });
  response.end(page);
}

function refuse(socket: Duplex, status: number, reason: string): void {
  if (!socket.writable) return;
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
