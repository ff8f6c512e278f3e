import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the answer is yes; rejects with `complaint` when it still is no after `seconds`. */
export async function waitUntil(ask: () => Promise<boolean>, seconds: number, complaint: string): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  for (let pause = 20; !(await ask()); pause = Math.min(pause * 1.5, 500)) {
    if (Date.now() > end) throw new Error(complaint);
    await sleep(pause);
  }
}
