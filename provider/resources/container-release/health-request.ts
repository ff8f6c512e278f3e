import type { HerokuClient } from "../../heroku/client";
import { type Health, REDIRECTS_FOLLOWED, redirectWithin, unhealthy } from "../../http/health";
import type { Answer } from "../../http/visitor";

/** What is requested and what a healthy response looks like. */
export interface HealthRequest extends Health {
  /** Headers of each request, `Host` among them. */
  headers: Readonly<Record<string, string>>;
}

/** Milliseconds for one response: Heroku's router gives up after 30 s too. */
const RESPONSE_TIMEOUT = 30_000;

/** Requests a URL of the app and follows redirects within it. Returns why there was no response. */
export async function request(
  client: HerokuClient,
  url: string,
  { headers }: HealthRequest,
  requestId: string,
): Promise<Answer | string> {
  const { runtime, operation } = client;
  try {
    const signal = AbortSignal.any([operation.signal, AbortSignal.timeout(RESPONSE_TIMEOUT)]);
    let at = url;
    for (let redirects = 0; ; redirects += 1) {
      const response = await runtime.visitor.get(at, signal, { ...headers, "x-request-id": requestId });
      const next = redirectWithin(at, response);
      if (next === undefined || redirects === REDIRECTS_FOLLOWED) return response;
      at = next.href;
    }
  } catch (error) {
    operation.signal.throwIfAborted();
    return `no response (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** A healthy response, with the release and the dyno if its body names both, as HEROKU_RELEASE_VERSION and DYNO have them. */
export interface Healthy {
  version: number | undefined;
  dyno: string | undefined;
}

/** What is wrong with a response, or what it says of itself. */
export function judge(response: Answer | string, health: Health): Healthy | string {
  const problem = typeof response === "string" ? response : unhealthy(response, health);
  if (problem !== undefined || typeof response === "string") return problem ?? "";
  const { release, dyno } = objectIn(response.body);
  const version = /^v?(\d+)$/.exec(String(release ?? ""))?.[1];
  // Only both together are about Heroku: an app's own "release" may be anything.
  const isHerokus = version !== undefined && typeof dyno === "string" && /^web\.\d+$/.test(dyno);
  return isHerokus ? { version: Number(version), dyno } : { version: undefined, dyno: undefined };
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
