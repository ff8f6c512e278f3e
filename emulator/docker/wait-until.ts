import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `condition` holds; rejects with `message` after `seconds`. */
export async function waitUntil(condition: () => Promise<boolean>, seconds: number, message: string): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  for (let pause = 20; !(await condition()); pause = Math.min(pause * 1.5, 500)) {
    if (Date.now() > end) throw new Error(message);
    await sleep(pause);
  }
}
