import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A forwarded port takes every connection and drops it when nothing listens behind it; a real one stays open that long. */
const HELD_MS = 100;

/** Whether something listens there. `forwarded` when the port is one that Docker publishes. */
export function listens(endpoint: { host: string; port: number }, forwarded: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...endpoint, timeout: 2_000 });
    const answer = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on("connect", () => {
      if (forwarded) sleep(HELD_MS).then(() => answer(!socket.readableEnded && !socket.destroyed));
      else answer(true);
    });
    socket.on("end", () => answer(false));
    socket.on("timeout", () => answer(false));
    socket.on("error", () => answer(false));
  });
}
