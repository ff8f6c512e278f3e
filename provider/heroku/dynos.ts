import type { HerokuClient } from "./client";
import { isGone } from "./errors";
import type { App, Dyno } from "./types";

/** The app's dynos, including one-off dynos. */
export async function listDynos(client: HerokuClient, app: App): Promise<Dyno[]> {
  return client.json<Dyno[]>("api", "GET", `/apps/${encodeURIComponent(app.id)}/dynos`);
}

/** Stops a dyno: SIGTERM, and SIGKILL after 30 s. One that has ended meanwhile is no error. */
export async function stopDyno(client: HerokuClient, app: App, dyno: Dyno): Promise<void> {
  try {
    const path = `/apps/${encodeURIComponent(app.id)}/dynos/${encodeURIComponent(dyno.name)}/actions/stop`;
    await client.json("api", "POST", path, { repeatable: true });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** A request that the router passed on: most of them are our own health requests. */
const PASSED_ON = /heroku\[router\]: at=info /;
/** Lines requested for each one that is wanted, since many are left out. */
const LINES_PER_LINE = 10;

/**
 * The newest lines of the app's log, or of one dyno's, without requests that the router passed on. Empty when the log cannot be
 * read, since it only illustrates a failure.
 */
export async function lastLogLines(client: HerokuClient, app: App, lines: number, dyno?: string): Promise<string[]> {
  try {
    const path = `/apps/${encodeURIComponent(app.id)}/log-sessions`;
    const body = { lines: lines * LINES_PER_LINE, tail: false, ...(dyno === undefined ? {} : { dyno }) };
    const session = await client.json<{ logplex_url: string }>("api", "POST", path, { body });
    // The URL carries its own access token; the API key is not for its host.
    const response = await client.runtime.fetch(session.logplex_url, { signal: client.operation.signal });
    if (!response.ok) return [];
    return (await response.text())
      .split("\n")
      .filter((line) => line !== "" && !PASSED_ON.test(line))
      .slice(-lines);
  } catch {
    client.operation.signal.throwIfAborted();
    return [];
  }
}
