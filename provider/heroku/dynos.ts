import type { HerokuClient } from "./client";
import type { App, Dyno } from "./types";

/** The app's dynos, one-off dynos among them. */
export async function listDynos(client: HerokuClient, app: App): Promise<Dyno[]> {
  return client.json<Dyno[]>("api", "GET", `/apps/${encodeURIComponent(app.id)}/dynos`);
}

/** The newest lines of the app's log; none when it cannot be read, since it only illustrates a failure. */
export async function lastLogLines(client: HerokuClient, app: App, lines: number): Promise<string[]> {
  try {
    const path = `/apps/${encodeURIComponent(app.id)}/log-sessions`;
    const body = { lines, tail: false };
    const session = await client.json<{ logplex_url: string }>("api", "POST", path, { body });
    // The URL carries its own access token; the API key is not for its host.
    const response = await client.runtime.fetch(session.logplex_url, { signal: client.operation.signal });
    if (!response.ok) return [];
    return (await response.text())
      .split("\n")
      .filter((line) => line !== "")
      .slice(-lines);
  } catch {
    client.operation.signal.throwIfAborted();
    return [];
  }
}
