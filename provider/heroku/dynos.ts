import type { HerokuClient } from "./client";
import { isGone } from "./errors";
import type { App, Dyno } from "./types";

/** The app's dynos, one-off dynos among them. */
export async function listDynos(client: HerokuClient, app: App): Promise<Dyno[]> {
  return client.json<Dyno[]>("api", "GET", `/apps/${encodeURIComponent(app.id)}/dynos`);
}

/** Stops a dyno: SIGTERM, and SIGKILL after 30 s. One that has ended meanwhile is no fault. */
export async function stopDyno(client: HerokuClient, app: App, dyno: Dyno): Promise<void> {
  try {
    const path = `/apps/${encodeURIComponent(app.id)}/dynos/${encodeURIComponent(dyno.name)}/actions/stop`;
    await client.json("api", "POST", path, { repeatable: true });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** The router's word for a request that it passed on: most of them are our own questions. */
const passedOn = /heroku\[router\]: at=info /;
/** Lines asked for, for each that is wanted. */
const spare = 10;

/**
 * The newest lines of the app's log, less the requests that the router passed on; none when it cannot be read, since it only
 * illustrates a failure.
 */
export async function lastLogLines(client: HerokuClient, app: App, lines: number): Promise<string[]> {
  try {
    const path = `/apps/${encodeURIComponent(app.id)}/log-sessions`;
    const body = { lines: lines * spare, tail: false };
    const session = await client.json<{ logplex_url: string }>("api", "POST", path, { body });
    // The URL carries its own access token; the API key is not for its host.
    const response = await client.runtime.fetch(session.logplex_url, { signal: client.operation.signal });
    if (!response.ok) return [];
    return (await response.text())
      .split("\n")
      .filter((line) => line !== "" && !passedOn.test(line))
      .slice(-lines);
  } catch {
    client.operation.signal.throwIfAborted();
    return [];
  }
}
