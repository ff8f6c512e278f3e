import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock";
import { HerokuError } from "./errors";
import type { InjectedFault, InjectedFaults } from "./injected-faults";
import type { RequestLog } from "./request-log";

/** Where a request came from; in-process callers have no socket. */
export interface Bindings {
  readonly socket: { readonly destroyed: boolean; destroy(): void };
}

/** Serves one request. */
export type Serve = (request: Request, bindings?: Bindings) => Promise<Response>;

/** How one request is served, and how an injected fault is played on it. */
interface Exchange<Reply> {
  readonly method: string;
  readonly path: string;
  readonly userAgent: string;
  serve(): Promise<Reply>;
  statusOf(reply: Reply): number;
  refuse(status: number, errorId: string | undefined): Reply;
  /** Breaks the connection, before the request is served or after it took effect, and throws. */
  cut(when: "before" | "after"): void;
}

/** Status in the log of a request whose connection was cut. */
export const CUT = 0;

/** Logs requests and plays the injected faults on them. */
export class Observer {
  constructor(
    private readonly log: RequestLog,
    private readonly faults: InjectedFaults,
    private readonly clock: Clock,
  ) {}

  async observe<Reply>(exchange: Exchange<Reply>): Promise<Reply> {
    const { method, path, userAgent } = exchange;
    const started = performance.now();
    const at = this.clock.timestamp();
    let status = CUT;
    try {
      const reply = await play(this.faults.take(method, path), exchange);
      status = exchange.statusOf(reply);
      return reply;
    } finally {
      const milliseconds = Math.round((performance.now() - started) * 100) / 100;
      this.log.add({ at, method, path, status, milliseconds, userAgent });
    }
  }

  /** Observes the APIs, but neither the control API nor the page. */
  fetch(serve: Serve): Serve {
    return (request, bindings) => {
      const path = new URL(request.url).pathname;
      if (path === "/" || path.startsWith("/_local")) return serve(request, bindings);
      return this.observe({
        method: request.method,
        path,
        userAgent: request.headers.get("User-Agent") ?? "",
        serve: () => serve(request, bindings),
        statusOf: (response) => response.status,
        refuse: (status, id = "internal") => new HerokuError(status, id, "Injected by the control API.").toResponse(),
        cut: () => {
          bindings?.socket.destroy();
          // An in-process caller gets what `fetch` would throw.
          throw new TypeError("fetch failed");
        },
      });
    };
  }
}

async function play<Reply>(fault: InjectedFault | undefined, exchange: Exchange<Reply>): Promise<Reply> {
  if (fault?.delay !== undefined) await sleep(fault.delay);
  if (fault?.cut === "before") exchange.cut("before");
  if (fault?.status !== undefined) return exchange.refuse(fault.status, fault.errorId);
  const reply = await exchange.serve();
  if (fault?.cut === "after") exchange.cut("after");
  return reply;
}
