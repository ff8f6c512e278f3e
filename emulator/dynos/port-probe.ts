import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A forwarded port accepts every connection and drops it if nothing listens behind it; others stay open this long. */
const HELD_OPEN_MS = 100;

/** Whether something listens at the endpoint; `forwarded` if Docker publishes the port. */
export function listens(endpoint: { host: string; port: number }, forwarded: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...endpoint, timeout: 2_000 });
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on("connect", () => {
      if (forwarded) sleep(HELD_OPEN_MS).then(() => settle(!socket.readableEnded && !socket.destroyed));
      else settle(true);
    });
    socket.on("end", () => settle(false));
    socket.on("timeout", () => settle(false));
    socket.on("error", () => settle(false));
  });
}
