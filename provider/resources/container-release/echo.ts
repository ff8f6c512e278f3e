import { randomUUID } from "node:crypto";
import type { HerokuClient } from "../../heroku/client";
import { UnhealthyError } from "./unhealthy";

/** Milliseconds for one echo, as for a response of the health route. */
const ECHO_TIMEOUT = 30_000;

/** Opens a WebSocket of the app until it sends back the `echo` of a ping. `start` is when the gate began. */
export async function awaitEcho(
  client: HerokuClient,
  url: string,
  { interval, timeout }: { interval: number; timeout: number },
  start: number,
): Promise<void> {
  const { runtime, operation } = client;
  for (;;) {
    const echo = randomUUID();
    try {
      const signal = AbortSignal.any([operation.signal, AbortSignal.timeout(ECHO_TIMEOUT)]);
      await runtime.visitor.echo(url, JSON.stringify({ type: "ping", echo }), echo, signal);
      return;
    } catch (error) {
      operation.signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      if (runtime.now() - start >= timeout) {
        throw new UnhealthyError(
          `WebSocket ${url} must open and send back the echo of {"type": "ping", "echo": …}, got "${reason}"; ` +
            "correct the app's WebSocket, or healthCheck's webSocketPath, and run `pulumi up` again",
        );
      }
      operation.progress(`waiting for ${url} (${reason})`);
      await runtime.sleep(interval, operation.signal);
    }
  }
}
