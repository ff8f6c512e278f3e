import type { Context } from "hono";

/** Bytes that may wait for a reader who does not read; then it is let go. */
const LONGEST_WAIT_BYTES = 1024 * 1024;

/** Sends one event: its kind, and a value written as JSON. */
export type Send = (event: string, data: unknown) => void;

/** Answers with server-sent events: `begin` sends what there is and follows what comes; what it answers ends that. */
export function eventStream(c: Context, begin: (send: Send) => () => void): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        const stop = begin((event, data) => {
          if (!open) return;
          controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
          if ((controller.desiredSize ?? 0) > 0) return;
          end();
          controller.close();
        });
        end = () => {
          open = false;
          stop();
        };
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: LONGEST_WAIT_BYTES }),
  );
  return c.body(stream, 200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
}
