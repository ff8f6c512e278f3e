import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock";
import { HerokuError } from "./errors";
import type { Fault, Faults } from "./injected-faults";
import type { RequestLog } from "./request-log";

/** Where a request came from; in-process callers have no socket. */
export interface Bindings {
  readonly socket: { readonly destroyed: boolean; destroy(): void };
}

/** Serves one request. */
export type Serve = (request: Request, bindings?: Bindings) => Promise<Response>;

/** Status that the log shows for a connection that was cut. */
const CUT = 0;

/** Logs every request and plays the faults that are set. The control API and the page are neither logged nor harmed. */
export function observed(serve: Serve, log: RequestLog, faults: Faults, clock: Clock): Serve {
  return async (request, bindings) => {
    const path = new URL(request.url).pathname;
    if (path === "/" || path.startsWith("/_local")) return serve(request, bindings);
    const started = performance.now();
    const at = clock.timestamp();
    let status = CUT;
    try {
      const response = await withFault(faults.take(request.method, path), () => serve(request, bindings), bindings);
      status = response.status;
      return response;
    } finally {
      const milliseconds = Math.round((performance.now() - started) * 100) / 100;
      log.add({
        at,
        method: request.method,
        path,
        status,
        milliseconds,
        userAgent: request.headers.get("User-Agent") ?? "",
      });
    }
  };
}

/** The same for the registry, which answers by itself; its replies are not cut. */
export function observedHandler(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  log: RequestLog,
  faults: Faults,
  clock: Clock,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const { method = "GET", url = "/", headers, socket } = request;
    const path = url.replace(/\?.*/, "");
    const started = performance.now();
    const at = clock.timestamp();
    response.once("close", () => {
      const milliseconds = Math.round((performance.now() - started) * 100) / 100;
      const status = response.writableFinished ? response.statusCode : CUT;
      log.add({ at, method, path, status, milliseconds, userAgent: headers["user-agent"] ?? "" });
    });
    const fault = faults.take(method, path);
    if (fault?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault?.cut === "before") socket.destroy();
    else if (fault?.status !== undefined) {
      const refusal = { code: fault.errorId?.toUpperCase() ?? "UNKNOWN", message: "a fault set by the control API" };
      response.writeHead(fault.status, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ errors: [refusal] }));
    } else handle(request, response);
  };
}

async function withFault(
  fault: Fault | undefined,
  serve: () => Promise<Response>,
  bindings: Bindings | undefined,
): Promise<Response> {
  if (fault?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault?.cut === "before") cut(bindings);
  if (fault?.status !== undefined) {
    return new HerokuError(fault.status, fault.errorId ?? "internal", "A fault set by the control API.").toResponse();
  }
  const response = await serve();
  if (fault?.cut === "after") cut(bindings);
  return response;
}

/** Breaks the connection; the error is what an in-process caller's `fetch` would see. */
function cut(bindings: Bindings | undefined): never {
  bindings?.socket.destroy();
  throw new TypeError("fetch failed");
}
