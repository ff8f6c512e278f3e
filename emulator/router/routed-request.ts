import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Ids } from "../ids";
import type { Logs } from "../machines";
import { ROUTER_ERRORS, type RouterErrorCode } from "./router-errors";

/** A client's own id is used if it has this format: https://devcenter.heroku.com/articles/http-request-id */
const CLIENT_ID = /^[\w+/=-]{20,200}$/;
const VIA = "1.1 heroku-router";

/** One request on its way through the router: its headers and its log line. */
export class RoutedRequest {
  readonly id: string;
  readonly host: string;
  /** Set while the request is routed. */
  dyno = "";
  connectMs = 0;
  bytes = 0;
  private readonly started = Date.now();
  private readonly forwardedFor: string;
  private readonly protocol: "http" | "https";

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly appId: string,
    private readonly logs: Logs,
    ids: Ids,
  ) {
    const { headers, socket } = incoming;
    const given = headers["x-request-id"];
    this.id = typeof given === "string" && CLIENT_ID.test(given) ? given : ids.uuid();
    this.host = headers.host ?? "";
    const client = socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
    const before = headers["x-forwarded-for"];
    this.forwardedFor = before === undefined ? client : `${before}, ${client}`;
    this.protocol = "encrypted" in socket ? "https" : "http";
  }

  /** The request's headers for the dyno: https://devcenter.heroku.com/articles/http-routing#heroku-headers */
  headers(): OutgoingHttpHeaders {
    const { headers, socket } = this.incoming;
    const { connection: _, "keep-alive": __, "proxy-connection": ___, ...passed } = headers;
    return {
      ...passed,
      "x-forwarded-for": this.forwardedFor,
      "x-forwarded-proto": this.protocol,
      "x-forwarded-port": String(socket.localPort ?? ""),
      "x-request-id": this.id,
      "x-request-start": String(this.started),
      via: headers.via === undefined ? VIA : `${headers.via}, ${VIA}`,
    };
  }

  /** The reply's headers for the client. */
  replyHeaders({ connection: _, "keep-alive": __, ...passed }: IncomingMessage["headers"]): OutgoingHttpHeaders {
    return { ...passed, via: passed.via === undefined ? VIA : `${passed.via}, ${VIA}` };
  }

  /** Writes the router's log line: https://devcenter.heroku.com/articles/http-routing#heroku-router-log-format */
  log(status: number, error?: RouterErrorCode): void {
    const start = error ? `at=error code=${error} desc="${ROUTER_ERRORS[error]}"` : "at=info";
    const { method, url } = this.incoming;
    const request = `method=${method} path="${url}" host=${this.host} request_id=${this.id} fwd="${this.forwardedFor}"`;
    const isRouted = this.dyno !== "";
    const service = isRouted ? `${Date.now() - this.started - this.connectMs}ms` : "";
    const connect = isRouted ? `${this.connectMs}ms` : "";
    const bytes = isRouted ? this.bytes : "";
    const result = `dyno=${this.dyno} connect=${connect} service=${service} status=${status} bytes=${bytes}`;
    const message = `${start} ${request} ${result} protocol=${this.protocol}`;
    this.logs.append(this.appId, { source: "heroku", dyno: "router", message });
  }
}
