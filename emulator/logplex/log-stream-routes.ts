import { Hono } from "hono";
import { LOG_STREAMS } from "../contract";
import { textStream } from "../http/event-stream";
import type { LogEntry } from "../machines";
import type { Store } from "../store/store";
import { formatEntry, matches } from "./log-entry";
import type { Logplex } from "./logplex";

/**
 * The streams of log sessions: as text, or as server-sent events to readers that ask for them, as Heroku's CLI does.
 * They need no API key: the path is the secret.
 */
export function logStreamRoutes(store: Store, logplex: Logplex): Hono {
  const routes = new Hono();

  routes.get(`${LOG_STREAMS}:id`, (c) => {
    const session = store.collection("logSessions").get(c.req.param("id"));
    if (!session) return c.text("No such log session\n", 404);
    const isWanted = (entry: LogEntry) => matches(entry, session);
    const asEvents = c.req.header("Accept")?.includes("text/event-stream") ?? false;
    const format = asEvents ? (entry: LogEntry) => `data: ${formatEntry(entry)}\n` : formatEntry;
    const newest = logplex.newest(session.appId, isWanted, session.lines).map(format).join("");
    c.header("Content-Type", asEvents ? "text/event-stream" : "application/logplex-1");
    if (!session.tail) return c.body(newest);

    return textStream(c, (send) => {
      send(newest);
      return logplex.follow(session.appId, (entry) => {
        if (isWanted(entry)) send(format(entry));
      });
    });
  });

  return routes;
}
