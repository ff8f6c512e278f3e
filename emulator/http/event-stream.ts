import type { Context } from "hono";
import { stream } from "hono/streaming";

/** What may wait for a reader that does not read, in characters, besides what its stream began with. */
const LARGEST_BACKLOG = 1024 * 1024;

/** Sends what there is, then calls `send` with what comes until the returned function is called. */
export type Source<Arguments extends unknown[]> = (send: (...item: Arguments) => void) => () => void;

/** Replies with server-sent events, a kind and a JSON value each, until the reader leaves. */
export function eventStream(c: Context, source: Source<[event: string, data: unknown]>): Response {
  c.header("Content-Type", "text/event-stream");
  c.header("Cache-Control", "no-store");
  return textStream(c, (send) => source((event, data) => send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)));
}

/** Replies with text until the reader leaves. The stream of a reader that does not read is ended. */
export function textStream(c: Context, source: Source<[text: string]>): Response {
  return stream(c, async (reader) => {
    let waiting = "";
    let limit = Number.POSITIVE_INFINITY;
    let wake = () => {};
    const stop = source((text) => {
      waiting += text;
      if (waiting.length > limit) reader.abort();
      wake();
    });
    limit = waiting.length + LARGEST_BACKLOG;
    reader.onAbort(() => wake());
    while (!reader.aborted) {
      const text = waiting;
      waiting = "";
      if (text !== "") await reader.write(text);
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    stop();
  });
}
