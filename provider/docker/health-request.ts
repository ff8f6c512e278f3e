import { request } from "node:http";

/** What a health route answered. */
export interface HealthAnswer {
  status: number;
  reason: string;
  /** Where a redirect leads. */
  location: string | undefined;
  body: string;
}

/** The connection was refused or closed before an answer: nothing listens (yet). */
export type NoAnswer = "no listener" | "silent";

const BODY_KEPT = 2_000;

/** Asks a web process as Heroku's router would, for a request that came by https. Redirects are not followed. */
export function askHealth(
  at: { host: string; port: number },
  path: string,
  timeout: number,
  signal: AbortSignal,
): Promise<HealthAnswer | NoAnswer> {
  return new Promise((resolve) => {
    const headers = {
      host: "localhost",
      connection: "close",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
      "x-forwarded-for": "127.0.0.1",
      via: "1.1 heroku-router",
    };
    const sent = request({ ...at, path, headers, timeout, signal }, (response) => {
      let body = "";
      const done = () =>
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? "",
          location: response.headers.location,
          body,
        });
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
        if (body.length > BODY_KEPT) response.destroy();
      });
      response.on("close", done);
    });
    let silent = false;
    sent.on("timeout", () => {
      silent = true;
      sent.destroy();
    });
    sent.on("error", () => resolve(silent ? "silent" : "no listener"));
    sent.end();
  });
}
