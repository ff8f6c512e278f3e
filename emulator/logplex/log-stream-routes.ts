import { Hono } from "hono";
import { LOG_STREAMS, type LogEntry } from "../contract";
import type { Store } from "../store/store";
import { formatEntry, matches } from "./log-entry";
import type { Logplex } from "./logplex";

/** Bytes that may wait for a reader who does not read; then it is let go. */
const LONGEST_WAIT_BYTES = 1024 * 1024;

/**
 * Serves log sessions, one line after another, for as long as the reader listens: as text, or as
 * server-sent events to a reader that asks for those, as Heroku's CLI does.
 */
export function logStreams(store: Store, logplex: Logplex): Hono {
  const routes = new Hono();
  routes.get(`${LOG_STREAMS}:id`, (c) => {
    const session = store.collection("logSessions").get(c.req.param("id"));
    if (!session) return c.text("No such log session\n", 404);
    const wanted = (entry: LogEntry) => matches(entry, session);
    const newest = logplex.newest(session.appId, wanted, session.lines);
    const asEvents = c.req.header("Accept")?.includes("text/event-stream") ?? false;
    const headers = { "Content-Type": asEvents ? "text/event-stream" : "application/logplex-1" };
    const format = asEvents ? (entry: LogEntry) => `data: ${formatEntry(entry)}\n` : formatEntry;
    if (!session.tail) return c.body(newest.map(format).join(""), 200, headers);

    const encoder = new TextEncoder();
    let unfollow = () => {};
    const stream = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const write = (entry: LogEntry) => controller.enqueue(encoder.encode(format(entry)));
          for (const entry of newest) write(entry);
          unfollow = logplex.follow(session.appId, (entry) => {
            if (!wanted(entry)) return;
            write(entry);
            if ((controller.desiredSize ?? 0) > 0) return;
            unfollow();
            controller.close();
          });
        },
        cancel: () => unfollow(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: LONGEST_WAIT_BYTES }),
    );
    return c.body(stream, 200, headers);
  });
  return routes;
}
