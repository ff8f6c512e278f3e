import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import WebSocket from "ws";

/** What an app answered to a request. */
export interface Answer {
  status: number;
  /** The status in the app's own words. */
  reason?: string;
  /** The first 64 kB. */
  body: string;
  /** Where a redirect leads. */
  location?: string;
}

/** Asks an app what its users would ask it. */
export interface Visitor {
  /** GET; follows no redirect. */
  get(url: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Opens a WebSocket, sends a text, and resolves with the first message that holds `wanted`. */
  echo(url: string, text: string, wanted: string, signal: AbortSignal): Promise<string>;
}

const bodyLimit = 65_536;

export const visitor: Visitor = {
  get: (url, signal, headers = {}) =>
    new Promise((resolve, reject) => {
      const send = url.startsWith("https:") ? requestHttps : requestHttp;
      // No kept connection: each request is to meet whichever dyno is next.
      const sent = send(url, { agent: false, signal, headers, ...localLookup(url) }, (response) => {
        const { statusCode: status = 0, statusMessage: reason, headers: answered } = response;
        let body = "";
        const done = () =>
          resolve({ status, reason, body, ...(answered.location ? { location: answered.location } : {}) });
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          body += chunk.slice(0, bodyLimit - body.length);
          if (body.length < bodyLimit) return;
          // It may never end.
          done();
          response.destroy();
        });
        response.on("error", reject);
        response.on("end", done);
      });
      sent.on("error", reject);
      sent.end();
    }),

  echo: (url, text, wanted, signal) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace(/^http/, "ws"), { origin: new URL(url).origin, ...localLookup(url) });
      const end = () => {
        signal.removeEventListener("abort", cancel);
        socket.terminate();
      };
      const fail = (error: unknown) => {
        end();
        reject(error);
      };
      const cancel = () => fail(signal.reason);
      signal.addEventListener("abort", cancel);
      socket.on("open", () => socket.send(text));
      socket.on("message", (data) => {
        const message = String(data);
        if (!message.includes(wanted)) return;
        end();
        resolve(message);
      });
      socket.on("error", fail);
      socket.on("close", (code) => fail(new Error(`the WebSocket was closed with code ${code}`)));
    }),
};

/** Hosts under `.localhost` are this machine (RFC 6761), which not every system's resolver knows. */
function localLookup(url: string): { lookup?: LookupFunction } {
  if (!new URL(url).hostname.endsWith(".localhost")) return {};
  return {
    lookup: (_host, options, callback) => {
      if (options.all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
      else callback(null, "127.0.0.1", 4);
    },
  };
}
