import { type Answer, visitor } from "../http/visitor";

/** The connection was refused or closed before an answer: nothing listens (yet). */
export type NoAnswer = "no listener" | "silent";

/** What Heroku's router tells a web process of a request that came by https. */
const ROUTED = {
  host: "localhost",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "443",
  "x-forwarded-for": "127.0.0.1",
  via: "1.1 heroku-router",
};

/** Asks a web process as Heroku's router would. Redirects are not followed. */
export async function askHealth(
  at: { host: string; port: number },
  path: string,
  timeout: number,
  signal: AbortSignal,
): Promise<Answer | NoAnswer> {
  const late = AbortSignal.timeout(timeout);
  try {
    return await visitor.get(`http://${at.host}:${at.port}${path}`, AbortSignal.any([signal, late]), ROUTED);
  } catch {
    return late.aborted ? "silent" : "no listener";
  }
}
