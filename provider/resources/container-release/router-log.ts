import type { HerokuClient } from "../../heroku/client";
import type { App } from "../../heroku/types";

/** Longest line of Heroku's logs; of a longer one the beginning is kept. */
const LINE_LIMIT = 10_000;

/**
 * Which dyno served a request, from the app's log: Heroku's router logs each request with its dyno and its id, and takes the id
 * that the client sends in `X-Request-ID` (20 to 200 characters). Without a readable log no request is ever found.
 */
export class RouterLog {
  private readonly dynos = new Map<string, string>();
  private readonly stop = new AbortController();

  /** Opens the log of the router's lines from now on. */
  static open(client: HerokuClient, app: App): RouterLog {
    const log = new RouterLog();
    void log.read(client, app);
    return log;
  }

  /** The dyno that served the request with this id, undefined while the log has not named it. */
  dynoOf(requestId: string): string | undefined {
    return this.dynos.get(requestId);
  }

  close(): void {
    this.stop.abort();
  }

  private async read(client: HerokuClient, app: App): Promise<void> {
    const signal = AbortSignal.any([this.stop.signal, client.operation.signal]);
    try {
      const path = `/apps/${encodeURIComponent(app.id)}/log-sessions`;
      const body = { source: "heroku", dyno: "router", tail: true };
      const session = await client.json<{ logplex_url: string }>("api", "POST", path, { body, repeatable: true });
      // The URL carries its own access token; the API key is not for its host.
      const response = await client.runtime.fetch(session.logplex_url, { signal });
      if (response.ok && response.body) await this.collect(response.body);
      else await response.body?.cancel();
    } catch {
      // The log is evidence, not a condition: the gate goes on without it.
    }
  }

  private async collect(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    this.stop.signal.addEventListener("abort", () => void reader.cancel().catch(() => {}));
    let rest = "";
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
      rest = (lines.pop() ?? "").slice(0, LINE_LIMIT);
      for (const line of lines) this.take(line);
    }
    this.take(rest);
  }

  private take(line: string): void {
    if (!line.includes("heroku[router]: ")) return;
    const id = / request_id=(\S+)/.exec(line)?.[1];
    const dyno = / dyno=([-\w]+\.\d+)/.exec(line)?.[1];
    if (id !== undefined && dyno !== undefined) this.dynos.set(id, dyno);
  }
}
