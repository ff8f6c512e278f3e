import { Hono } from "hono";
import { LOG_STREAMS } from "../contract";
import type { Store } from "../store/store";
import { formatEntry, type LogEntry, matches } from "./log-entry";
import type { Logplex } from "./logplex";

/** Bytes that may wait for a reader who does not read; then it is let go. */
const LONGEST_WAIT_BYTES = 1024 * 1024;

/** Serves log sessions as text, one line after another, for as long as the reader listens. */
export function logStreams(store: Store, logplex: Logplex): Hono {
  const routes = new Hono();
  routes.get(`${LOG_STREAMS}:id`, (c) => {
    const session = store.collection("logSessions").get(c.req.param("id"));
    if (!session) return c.text("No such log session\n", 404);
    const wanted = (entry: LogEntry) => matches(entry, session);
    const newest = logplex.newest(session.appId, wanted, session.lines);
    const headers = { "Content-Type": "application/logplex-1" };
    if (!session.tail) return c.body(newest.map(formatEntry).join(""), 200, headers);

    const encoder = new TextEncoder();
    let unfollow = () => {};
    const stream = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const write = (entry: LogEntry) => controller.enqueue(encoder.encode(formatEntry(entry)));
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
